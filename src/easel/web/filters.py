"""Template filters: credits, times, and addresses of this server."""

import json
import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from easel.kit.origin import at, origin_of, path_of


def local(address: str) -> str:
    """An address of this server without its host: pages load images from the host they were loaded from.

    The result never leads to another host, whatever the input.
    """
    parts = urlsplit(address)
    return "/" + parts.path.lstrip("/\\") + (f"?{parts.query}" if parts.query else "")


def at_home(address: str, base: str) -> str | None:
    """The path of an address on the server at `base`; None for other servers, and for invalid addresses."""
    here = origin_of(base)
    same = here is not None and origin_of(address) == here and "@" not in urlsplit(address).netloc
    path = local(address) if same else ""
    return path if path.startswith(path_of(base) + "/") else None


def preview_of(path: str) -> str | None:
    """The path of the small preview of a file of this server, by the file's path; None for other paths."""
    files = at("/files/")
    return at("/previews/") + path.removeprefix(files) if path.startswith(files) else None


SHAPES = ("1x3", "1x2", "9x16", "2x3", "3x4", "4x5", "1x1", "5x4", "4x3", "3x2", "16x9", "2x1", "3x1")


def shape(width: int, height: int) -> str:
    """The nearest aspect ratio that studio.css has a class for, such as `3x2`."""
    wanted = math.log(max(width, 1) / max(height, 1))
    return min(SHAPES, key=lambda name: abs(math.log(_ratio(name)) - wanted))


def _ratio(name: str) -> float:
    width, height = name.split("x")
    return int(width) / int(height)


def credits(amount: int) -> str:
    """`1 credit`, `1,234 credits`."""
    return f"{amount:,} credit{'' if amount == 1 else 's'}"


def unchanged(warnings: Sequence[str]) -> str:
    """The first reason why an edit changed nothing, by the warnings of its job; empty if it changed something."""
    if not any("picture is as it came" in warning for warning in warnings):
        return ""
    reason = re.sub(r"^(Not done|Nothing was changed[^:]*): ", "", warnings[0])
    return reason[:1].upper() + reason[1:]


def size_of(amount: int) -> str:
    """`840 bytes`, `84 kB`, `1.4 MB`."""
    if amount < 1000:
        return f"{amount} bytes"
    return f"{amount / 1000:.0f} kB" if amount < 1_000_000 else f"{amount / 1_000_000:.1f} MB"


def moment(time: str | None) -> str:
    """`22 Nov 2026, 09:30 UTC` of an ISO time."""
    return f"{_parsed(time):%-d %b %Y, %H:%M} UTC" if time else "–"


def time_of(time: str) -> Markup:
    """A <time> element in UTC, which times.js turns into the reader's own time."""
    return Markup('<time datetime="{}" data-local>{}</time>').format(time, moment(time))


def day(time: str) -> str:
    return f"{_parsed(time):%-d %b}"


def date(time: str) -> str:
    """`22 Nov 2026`, in UTC."""
    return f"{_parsed(time):%-d %b %Y}"


def seconds(span: float) -> str:
    """`0.4 s`, `12 s`, `3 min 5 s`."""
    if span < 10:
        return f"{span:.1f} s"
    return f"{span:.0f} s" if span < 60 else f"{int(span // 60)} min {int(span % 60)} s"


def as_json(value: Any) -> Markup:
    """JSON for a script block: it cannot contain the end of the block."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - made safe in the line above


def pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _parsed(time: str) -> datetime:
    return datetime.fromisoformat(time).astimezone(UTC)


FILTERS: dict[str, Callable[..., Any]] = {
    "local": local,
    "preview_of": preview_of,
    "shape": shape,
    "credits": credits,
    "size_of": size_of,
    "unchanged": unchanged,
    "moment": moment,
    "time": time_of,
    "day": day,
    "date": date,
    "seconds": seconds,
    "as_json": as_json,
    "pretty": pretty,
}
