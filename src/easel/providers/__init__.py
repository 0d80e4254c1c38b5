"""The painters. One file (or folder) each, all with the same two verbs.

A provider is stateless between calls: the workflow owns waiting, retries and deadlines, keeps the ticket,
and decides from the class of a `ProviderError` what may happen next.
"""

from typing import Protocol

from easel.domain import Done, Ticket, Work


class Provider(Protocol):
    """A painter.

    `repeatable` says that starting the same work twice costs nothing and gives the same pictures, so a crash in the
    middle of `start` is simply started again. For everyone else that moment is in doubt and is never sent twice.
    """

    @property
    def name(self) -> str: ...

    @property
    def repeatable(self) -> bool: ...

    async def start(self, work: Work) -> Done | Ticket:
        """Begin painting; answer with the pictures, or with a ticket to come back with."""
        ...

    async def check(self, work: Work, ticket: Ticket) -> Done | Ticket:
        """Look at a painting under way; answer as `start` does."""
        ...

    async def close(self) -> None:
        """Let go of threads and connections."""
        ...
