"""Public stand-ins for tests, ours and yours: a provider, a clock, a server to talk to, and a wire to trip over."""

from easel.testing.clock import ManualClock
from easel.testing.provider import InstantProvider
from easel.testing.server import KEY, RunningServer, running_server

__all__ = ["KEY", "InstantProvider", "ManualClock", "RunningServer", "running_server"]
