"""The providers, one file each: `start`, then `check`; every other method has a default.

A provider is stateless between calls: the pipeline owns waiting, retries and deadlines, stores the pending, and decides
from the class of a `ProviderError` what happens next.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from easel.domain import Done, GenerationRequest, Needs, Pending
from easel.errors import OutcomeUnknown


class Provider(ABC):
    """A provider.

    `name` is the operator's word for it, and `kind` its entry on the models' cards. `repeatable` says that starting the
    same work twice costs nothing and gives the same images, so after a crash during `start` the work is simply started
    again. `free` says that a call costs nothing, though its images differ: it is written down like a paid one, and
    started again a few times if its response is lost or it fails. For all other providers the outcome is in doubt then,
    and nothing is sent twice. `images_per_minute` is the limit of its account; None for no limit. `trained` says that
    its images come from a trained model, which is part of their provenance. `compresses` says that it applies
    `output_compression` itself, so that its images are not compressed again.
    """

    name: str
    description: str
    repeatable: bool = False
    free: bool = False
    images_per_minute: float | None = None
    trained: bool = True
    compresses: bool = False

    @property
    def kind(self) -> str:
        return self.name

    @abstractmethod
    async def start(self, work: GenerationRequest) -> Done | Pending:
        """Start generating; returns the images, or a pending to check later."""

    @abstractmethod
    async def check(self, work: GenerationRequest, pending: Pending) -> Done | Pending:
        """Check a running generation; returns as `start` does."""

    def can(self, model: str, needs: Needs) -> bool:
        """Whether this installation supports what the card says of the model; for those that differ."""
        return True

    def ignored(self, upstream_model: str, *, edit: bool) -> frozenset[str]:
        """The parameters of the cards that it does not follow; `edit` for a request with input images."""
        return frozenset()

    async def find(self, work: GenerationRequest, *, since: int) -> Pending | None:
        """The generation started by a call whose response was lost, sent at `since`; None when there is none.

        Raises OutcomeUnknown when this provider has no way to look it up.
        """
        raise OutcomeUnknown("This provider cannot look up started generations.")

    async def cancel(self, pending: Pending) -> None:
        """Cancel a running generation, to save its cost. It may be too late."""
        return

    async def probe(self) -> str:
        """A sentence about the account, from a free call; raises a ProviderError that says what is wrong."""
        return "ready"

    async def offers(self) -> Sequence[str] | None:
        """The models it lists, by a free call; None when it has no list. Raises ProviderError."""
        return None

    def name_of(self, model: str, upstream_model: str) -> str | None:
        """Its name for a model whose card says `upstream_model`; None when it needs none."""
        return upstream_model

    async def may_be_callback(self, headers: Mapping[str, str]) -> bool:
        """Whether a message may be from this provider, judged by its headers, before its body is read."""
        return False

    async def is_callback(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether a message that was sent to `callback_url` is from this provider."""
        return False

    async def close(self) -> None:
        """Close threads and connections."""
        return
