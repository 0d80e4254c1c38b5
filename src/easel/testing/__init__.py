"""Fakes for tests, ours and yours: a provider that needs no time, a clock that moves when told, a running server."""

from easel.testing.clock import ManualClock
from easel.testing.provider import InstantProvider
from easel.testing.server import KEY, RunningServer, running_server

__all__ = ["KEY", "InstantProvider", "ManualClock", "RunningServer", "running_server"]
