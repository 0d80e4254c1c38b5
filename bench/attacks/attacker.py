"""The attacker's process: which attack is which, and what they share."""

import os
import resource
import threading
from collections.abc import Callable, Mapping
from multiprocessing import parent_process
from multiprocessing.synchronize import Event

from bench.attacks.aim import Aim
from bench.attacks.asks import archives, conversions, inputs, names, streams
from bench.attacks.sockets import big_heads, bodies, half_heads, idle, stalled

# Each makes ready what it needs, and gives what then goes on until it is ended.
ATTACKS: Mapping[str, Callable[[Aim], Callable[[], None]]] = {
    "idle": idle,
    "half-heads": half_heads,
    "big-heads": big_heads,
    "bodies": bodies,
    "stalled": stalled,
    "inputs": inputs,
    "names": names,
    "streams": streams,
    "conversions": conversions,
    "archives": archives,
}

__all__ = ["ATTACKS", "Aim", "attack"]


def attack(name: str, aim: Aim, ready: Event, go: Event) -> None:
    """The whole life of the process; its parent ends it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(19)  # as if it had a machine of its own: it must not take the server's processors
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    begin = ATTACKS[name](aim)
    ready.set()
    go.wait()
    begin()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
    os._exit(1)
