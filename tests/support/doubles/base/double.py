"""A double: the account, and its API on a real port."""

import contextlib
from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Self, TypeVar

from tests.support.doubles.base.account import Account
from tests.support.doubles.base.api import Api
from tests.support.loopback import serving

OutcomeT = TypeVar("OutcomeT")


class Double(Account[OutcomeT]):
    """`name` is the vendor's. `path` ends `url`, which is what a client of the vendor is given as its base URL."""

    name: ClassVar[str]
    path: ClassVar[str] = ""

    @property
    @abstractmethod
    def api(self) -> Api:
        """The API of this account."""

    @contextlib.contextmanager
    def serving(self, *, port: int = 0) -> Iterator[Self]:
        """Listen on loopback for as long as the block lasts, from a thread."""
        with serving(self.api.app(), port=port) as address:
            self.url = address + self.path
            yield self
