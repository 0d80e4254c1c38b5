"""How many requests of one team run at once: one team must not use all connections."""

from contextlib import ExitStack

from fastapi import Request

from easel.domain import Caller
from easel.errors import RateLimited
from easel.kit.slots import Full, Slots

LIVE_PART, TEST_PART = 3, 6  # a third of the connections for a team's live keys, a sixth for its test keys


class RequestShares:
    """The running requests of this process. `connections` is the maximum of open connections."""

    def __init__(self, connections: int) -> None:
        self._live = Slots(connections, each=max(1, connections // LIVE_PART))
        self._test = Slots(connections, each=max(1, connections // TEST_PART))

    def take(self, caller: Caller, until: ExitStack) -> None:
        """Count a request until it is answered; raises RateLimited when its team has too many running requests."""
        slots = self._test if caller.test else self._live
        try:
            until.enter_context(slots.hold(caller.team_id))
        except Full:
            whose = "the test keys of this team" if caller.test else "this team"
            raise RateLimited(
                f"Too many requests at once: {slots.each} for {whose}.",
                code="too_many_requests_at_once",
                hint="Close unused streams and requests, or retry.",
                retry_after=1,
            ) from None


def take_share(request: Request, caller: Caller) -> None:
    shares: RequestShares = request.app.state.request_shares
    shares.take(caller, request.state.until_answered)
