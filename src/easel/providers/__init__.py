"""The providers. One file (or folder) each: `start`, then `check`; what else there is has an answer already.

A provider is stateless between calls: the workflow owns waiting, retries and deadlines, keeps the pending,
and decides from the class of a `ProviderError` what may happen next.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from easel.domain import Done, GenerationRequest, Needs, Pending
from easel.errors import OutcomeUnknown


class Provider(ABC):
    """A provider.

    `repeatable` says that starting the same work twice costs nothing and gives the same pictures, so a crash in the
    middle of `start` is simply started again. For everyone else that moment is in doubt and is never sent twice.
    `images_per_minute` is what its account allows; None when nobody counts. `trained` says that its pictures are a
    trained model's, which their marks tell.
    """

    name: str
    description: str
    repeatable: bool = False
    images_per_minute: float | None = None
    trained: bool = True

    @abstractmethod
    async def start(self, work: GenerationRequest) -> Done | Pending:
        """Begin painting; answer with the pictures, or with a pending to come back with."""

    @abstractmethod
    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        """Look at a painting under way; answer as `start` does."""

    def can(self, model: str, needs: Needs) -> bool:
        """Whether this installation of it paints what the card says it can; for those that differ."""
        return True

    async def find(self, work: GenerationRequest, *, since: int) -> Pending | None:
        """The painting that a call whose answer was lost, sent at `since`, has begun; None when it is not found.

        Raises Unknown when this upstream has nowhere to look.
        """
        raise OutcomeUnknown("This upstream cannot be asked what it has begun.")

    async def cancel(self, pending: Pending) -> None:
        """Ask for a painting under way to be stopped, to save its cost. It may be too late."""
        return

    async def probe(self) -> str:
        """A sentence about the account, from a call that costs nothing; raises a ProviderError saying what is wrong."""
        return "ready"

    async def may_be_heard(self, headers: Mapping[str, str]) -> bool:
        """Whether a message could be this upstream's, by its head alone: before its body is read."""
        return False

    async def heard(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether a message that came to `news_url` truly is this upstream's."""
        return False

    async def close(self) -> None:
        """Let go of threads and connections."""
        return
