"""This process among those that share a database: what it is for, and how the others know it."""

import os
import socket
from dataclasses import dataclass, field
from typing import Literal

from easel import __version__
from easel.kit.ids import new_id

Kind = Literal["server", "worker", "api"]
HEARTBEAT, DEAD_AFTER = 5.0, 15.0  # seconds; of a worker


@dataclass(frozen=True, slots=True)
class Process:
    """A server works and answers, a worker only works, an `api` only answers."""

    kind: Kind = "server"
    id: str = field(default_factory=new_id)
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    version: str = __version__
    number: int = 1  # among the processes of one command

    @property
    def works(self) -> bool:
        """Whether it runs jobs, sweeps, and carries messages out."""
        return self.kind != "api"
