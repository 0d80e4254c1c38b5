"""What an answer without images means, whoever gives it: a provider, a server of one's own, or a proxy before either.

One table for all. What an answer says counts more than its status, and what leaves open whether the work was done is
in doubt: it is never sent again, nor to anybody else. `read_answer` takes anything and never raises.
"""

import datetime
import email.utils
import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from easel.providers.said import SETTINGS, Said, said_in

LONGEST_REASON = 500
LONGEST_PAUSE = 600.0  # seconds: whoever asks for more is asked again then


class Fault(StrEnum):
    """Whose fault it is, and so who else must suffer for it."""

    CONTENT = "content"  # the prompt or an input image was refused: it ends this request, whoever is asked
    REQUEST = "request"  # this request cannot be done here; another provider may be able to
    MODEL = "model"  # this model is not to be had here; others are
    ACCOUNT = "account"  # the operator's key, credit or permission
    SETTINGS = "settings"  # the operator's address, version or route
    BUSY = "busy"  # nothing was started: ask again after a while
    DOWN = "down"  # nothing was started: it cannot be reached behind its proxy
    DOUBT = "doubt"  # it may have been done, and paid for
    NO_IMAGE = "no_image"  # it was tried, and no image came of it


@dataclass(frozen=True, slots=True)
class Reading:
    """The fault; the reason in the answer's own words; its code; and with BUSY the seconds that it asks for."""

    fault: Fault
    reason: str = ""
    code: str | None = None
    pause: float | None = None


class Rule(BaseModel):
    """One row of answers.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fault: Fault
    codes: Sequence[str] = ()
    words: Sequence[str] = ()
    statuses: Sequence[tuple[int, int]] = ((0, 999),)
    of_no_field: bool = False  # its words do not count in a 400 or 422 that names a field of the request
    of_no_setting: bool = False  # nor those of this one in an answer that names a setting about content

    def applies(self, said: Said, status: int) -> bool:
        if not any(first <= status <= last for first, last in self.statuses):
            return False
        if self.of_no_setting and said.field in SETTINGS:
            return False
        if any(map(self._coded.fullmatch, said.codes)):
            return True
        if self.of_no_field and status in (400, 422) and said.about_a_field:
            return False
        return bool(self._spoken.search(said.words))

    @functools.cached_property
    def _coded(self) -> re.Pattern[str]:
        return re.compile("|".join(self.codes) or r"(?!)")

    @functools.cached_property
    def _spoken(self) -> re.Pattern[str]:
        return re.compile("|".join(self.words) or r"(?!)")


@functools.cache
def rules() -> Sequence[Rule]:
    """The rows of answers.toml, in their order."""
    table = tomllib.loads(Path(__file__).with_name("answers.toml").read_text("utf-8"))
    return [Rule.model_validate(row) for row in table["rules"]]


# What a status means when nothing else does.
BY_STATUS = {
    **dict.fromkeys((401, 402), Fault.ACCOUNT),
    **dict.fromkeys((404, 405, 407, 421, 426, 501, 505, 511), Fault.SETTINGS),
    410: Fault.MODEL,
    424: Fault.NO_IMAGE,
    451: Fault.CONTENT,
    **dict.fromkeys((408, 409, 499), Fault.DOUBT),
    **dict.fromkeys((423, 425, 429, 503, 529), Fault.BUSY),
    **dict.fromkeys((521, 523, 525, 526, 530), Fault.DOWN),
}
_UNITS = {
    "ms": 0.001,
    "milliseconds": 0.001,
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "m": 60.0,
    "min": 60.0,
    "minute": 60.0,
}
_IN_WORDS = re.compile(
    r"(?:again|retry|retrying|resets?|wait|available|loaded)(?: again)?(?: in| after| for|:)? (?:about |~ ?)?"
    r"(?P<number>\d{1,7}(?:\.\d+)?) ?(?P<unit>ms|milliseconds|sec|second|s|minute|min|m)(?:s\b|\b)"
)
EARLIEST = 1.5e9  # what is more is no number of seconds to wait but a moment since 1970
_NUMBER = re.compile(r"[0-9]{1,13}(\.[0-9]{1,9})?")
_LISTED = re.compile(r"([0-9]{1,13}(?:\.[0-9]{1,9})?)(?:\s*[,;].*)")
_COUNTED = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,9})?) ?(ms|milliseconds|sec|second|s|minute|min|m)s?")
_SPAN = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")


def read_answer(
    status: int,
    headers: Mapping[str, str],
    body: Any,
    *,
    now: float,
    not_found: Fault = Fault.SETTINGS,
    own: Iterable[str] = (),
) -> Reading:
    """The meaning of an answer. `body` is parsed JSON, or text; `now` is in seconds since 1970.

    `not_found` is what a 404 means that says nothing: where the model stands in the address, it is the model.
    `own` is what the customer wrote: an answer that repeats it does not mean it.
    """
    heard = said_in(body, headers)
    said = heard.without(own)
    counts = said.status if said.status and not 400 <= status < 600 else status
    counts = said.status if said.status == 429 else counts
    fault = _fault(said, counts)
    fault = not_found if counts == 404 and fault is Fault.SETTINGS else fault
    pause = pause_asked(headers, body, said.words, now=now)
    code = said.codes[0] if said.codes else None
    return Reading(fault, heard.reason[:LONGEST_REASON], code, pause if fault is Fault.BUSY else None)


def meaning_of_words(text: str, own: Iterable[str] = ()) -> Fault:
    """The fault that a sentence names, where nothing but a sentence is given; `own` as in read_answer."""
    return _fault(said_in({"error": text}).without(own), 500)


def _fault(said: Said, status: int) -> Fault:
    for rule in rules():
        if rule.applies(said, status):
            return rule.fault
    if status in BY_STATUS:
        return BY_STATUS[status]
    if 300 <= status < 400 or (200 <= status < 300 and said.is_html):
        return Fault.SETTINGS
    if 200 <= status < 300 or (status == 500 and said.reason and said.is_json):
        return Fault.NO_IMAGE
    return Fault.REQUEST if 400 <= status < 500 else Fault.DOUBT


def pause_asked(headers: Mapping[str, str], body: Any, words: str, *, now: float) -> float | None:
    """The seconds a busy provider asks for, at most LONGEST_PAUSE; None when it names none.

    In its body (`retry_after`), in a header (seconds, a date, milliseconds, a span such as 1m2s), or in words.
    """
    given = {name.lower(): value for name, value in headers.items()}
    for text, unit in (
        (_in_body(body), 1.0),
        (given.get("retry-after-ms"), 0.001),
        (given.get("retry-after"), 1.0),
        (given.get("x-ratelimit-reset-after"), 1.0),
    ):
        if (seconds := _seconds(str(text or ""), now)) is not None:
            return min(seconds * unit, LONGEST_PAUSE)
    if found := _IN_WORDS.search(words):
        return min(float(found["number"]) * _UNITS[found["unit"]], LONGEST_PAUSE)
    for name in ("x-ratelimit-reset-requests", "ratelimit-reset", "x-ratelimit-reset"):
        if (seconds := _seconds(given.get(name, ""), now)) is not None:
            return min(seconds, LONGEST_PAUSE)
    return None


def _in_body(body: Any) -> Any:
    for place in (body, body.get("error") if isinstance(body, Mapping) else None):
        if isinstance(place, Mapping):
            for name in ("retry_after", "retryAfter", "retry_after_seconds", "estimated_time"):
                if isinstance(place.get(name), (int, float, str)):
                    return place[name]
    return None


def _seconds(text: str, now: float) -> float | None:
    """A number of seconds, a moment since 1970 in seconds or milliseconds, a span, or a date; the first of several."""
    text = text.strip()
    if listed := _LISTED.fullmatch(text):
        text = listed[1]
    if _NUMBER.fullmatch(text):
        number = float(text)
        if number < EARLIEST:
            return number
        return max(0.0, number / (1000.0 if number >= EARLIEST * 1000 else 1.0) - now)
    if found := _COUNTED.fullmatch(text.lower()):
        return float(found[1]) * _UNITS[found[2]]
    if (span := _span(text)) is not None or not text:
        return span
    for read in (email.utils.parsedate_to_datetime, datetime.datetime.fromisoformat):
        try:
            at = read(text)
            at = at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
            return max(0.0, at.timestamp() - now)
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def _span(text: str) -> float | None:
    found = _SPAN.fullmatch(text.strip())
    if not found or not any(found.groups()):
        return None
    hours, minutes, seconds, milliseconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000
