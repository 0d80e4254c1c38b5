"""Two processes under a supervisor, each of which writes `number-pid` into a folder and waits: for its tests.

python -m tests.support.supervised FOLDER    a file `fails-number` there makes that process end at once
"""

import asyncio
import os
import signal
import sys
from functools import partial
from pathlib import Path

from easel.kit.logging import set_up_logging
from easel.server.supervisor import Member, supervise, when_supervisor_dies


async def work(folder: Path, member: Member) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    when_supervisor_dies(stopped.set)
    (folder / f"{member.number}-{os.getpid()}").touch()
    member.ready()
    await stopped.wait()
    (folder / f"{member.number}-{os.getpid()}").unlink()


def begin(folder: Path, member: Member) -> None:
    if (folder / f"fails-{member.number}").exists():
        sys.exit(3)
    asyncio.run(work(folder, member))


if __name__ == "__main__":
    set_up_logging("error", sys.stdout)
    given = Path(sys.argv[1])
    sys.exit(supervise(partial(begin, given), 2))
