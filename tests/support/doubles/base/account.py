"""The one account of a double: all that its parts share."""

from typing import Generic, TypeVar

from tests.support.doubles.base.request import ReceivedRequest
from tests.support.doubles.base.script import Script

OutcomeT = TypeVar("OutcomeT")


class Account(Generic[OutcomeT]):
    """`key` is the only API key that is accepted, `delay` is how many seconds a generation takes.

    `paid` counts the generations that the vendor would bill: those that began, however they ended. `requests` is every
    request to the API, the oldest first. `url` is where the API is, once it is served.
    """

    def __init__(self, *, key: str, delay: float) -> None:
        self.key = key
        self.delay = delay
        self.paid = 0
        self.requests: list[ReceivedRequest] = []
        self.url = ""
        self.outcomes: Script[OutcomeT] = Script()

    def script(self, *outcomes: OutcomeT) -> None:
        """What happens to the next generations, one outcome for each, in order. An invalid request takes none."""
        self.outcomes.add(*outcomes)
