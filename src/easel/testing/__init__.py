"""Public stand-ins for tests, ours and yours: a painter, a clock, a server to talk to, and a wire to trip over."""

from easel.testing.clock import ManualClock
from easel.testing.painter import InstantPainter
from easel.testing.server import KEY, RunningServer, running_server

__all__ = ["KEY", "InstantPainter", "ManualClock", "RunningServer", "running_server"]
