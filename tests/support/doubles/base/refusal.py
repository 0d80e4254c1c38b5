"""An error answer. A handler raises it, and the API answers it."""

from abc import ABC, abstractmethod

from starlette.responses import Response
from tests.support.loopback import NoAnswer


class Refusal(Exception, ABC):
    """A vendor's package says what is in it."""

    @abstractmethod
    def response(self) -> Response:
        """The answer."""


class Closed(Refusal):
    """The connection closes without a byte."""

    def response(self) -> Response:
        return NoAnswer()
