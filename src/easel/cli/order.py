"""One request of `easel generate`: sent once, watched until it has ended, and its images saved."""

import base64
import contextlib
import mimetypes
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import httpx
import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from easel.cli.client import Client, NoImages, Unanswered, name_of
from easel.cli.output import CommandError, one_line, tell, trouble
from easel.kit.memory import MEGABYTE
from easel.kit.settings import explained

# Files of a request up to this size together are sent within it: a repeated request is then the same to the byte.
WITHIN = 16 * MEGABYTE


class Interrupted(KeyboardInterrupt):
    """A signal that ends a process, as Ctrl+C does: what was begun is tidied up."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__()
        self.exit_code = 128 + number


@dataclass(slots=True)
class Order:
    """One request: the key under which it is paid once, whether it was sent, and its job once it is known."""

    once: str
    job_id: str | None = None
    sent: bool = False


@contextlib.contextmanager
def resumable(client: Client, order: Order, url: str | None) -> Iterator[None]:
    """Whatever interrupts the block, the last line says how to go on without paying again."""
    try:
        with _signals_raise():
            yield
    except NoImages:
        raise
    except (KeyboardInterrupt, CommandError, httpx.HTTPError, OSError) as error:
        if isinstance(error, CommandError) and not isinstance(error, Unanswered) and not order.job_id:
            raise  # the request was refused
        if not isinstance(error, KeyboardInterrupt):
            tell(explained(error) if isinstance(error, OSError) else str(error), style="red")
        where = f" --url {url}" if url else ""
        if order.job_id:
            tell(f"The job is on the server. To save its images: easel jobs download {order.job_id}{where}")
        elif order.sent:
            tell(f"To repeat the request without paying twice: --idempotency-key {order.once}")
        ended = error if isinstance(error, Interrupted) else Interrupted()
        raise typer.Exit(ended.exit_code if isinstance(error, KeyboardInterrupt) else 1) from error


@contextlib.contextmanager
def _signals_raise() -> Iterator[None]:
    """The signals of a closed terminal and of `kill` raise Interrupted, unless they are ignored, as under nohup."""

    def interrupt(number: int, _: FrameType | None) -> NoReturn:
        raise Interrupted(number)

    named = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP"))  # Windows has no SIGHUP
    ours = [number for number in named if number and signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


async def generate(
    client: Client,
    order: Order,
    request: Mapping[str, Any],
    params: Mapping[str, Any],
    inputs: Sequence[str],
    mask: str | None,
    out: Path,
) -> list[Path]:
    """The paths of the images of a new job."""
    async with client:
        field = await client.params_field(request["model"])
        addresses = await _addresses(client, [*inputs, *([mask] if mask else [])])
        params = dict(params) | ({"mask": addresses.pop()} if mask else {})
        params |= {"input_images": addresses} if addresses else {}
        order.sent = True
        order.job_id = await client.generate(dict(request) | {field: params}, once=order.once)
        tell(f"Job {order.job_id}")
        return await save(client, order.job_id, out)


async def save(client: Client, job_id: str, out: Path) -> list[Path]:
    """The paths of a job's images, once it has ended and they are saved."""
    job = await _watch(client, job_id)
    for warning in job["warnings"]:
        tell(f"Warning: {warning}", style="yellow")
    out.mkdir(parents=True, exist_ok=True)
    addresses = job["result"]["images"]
    paths = [out / name_of(address) for address in addresses]
    for address, path in zip(addresses, paths, strict=True):
        await client.download(address, path)
    return paths


async def _addresses(client: Client, given: Sequence[str]) -> list[str]:
    """Addresses as they are, files as data: URLs; files that are too large for that together are uploaded."""
    files = {one: Path(one) for one in given if not one.startswith(("http://", "https://", "data:"))}
    for one, file in files.items():
        if not file.is_file():
            raise CommandError(f"File not found: {one}.")
    within = sum(files[one].stat().st_size for one in given if one in files) <= WITHIN
    written = {one: _data_url(file) if within else await client.upload(file) for one, file in files.items()}
    return [written.get(one, one) for one in given]


def _data_url(file: Path) -> str:
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"data:{media_type};base64,{base64.b64encode(file.read_bytes()).decode()}"


async def _watch(client: Client, job_id: str) -> Mapping[str, Any]:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=trouble, transient=True) as progress:
        task = progress.add_task("queued", total=100)

        def show(job: Mapping[str, Any]) -> None:
            progress.update(task, completed=job["progress"], description=one_line(job["status"].lower()))

        return await client.finished(job_id, show)
