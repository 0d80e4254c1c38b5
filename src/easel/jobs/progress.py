"""How far jobs are, and how much longer they may take: learnt from how long the like of them took before.

What is shown never goes back: it is the most of what the row says and of what the time that has passed suggests.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from easel.domain import JobState, SubmitState
from easel.jobs.load import get_job, recent_durations
from easel.jobs.watch import JobGlance, places_in_line
from easel.kit.clock import SECOND

BEGUN, GENERATED = 5, 90  # percent: what is between is the provider's
# How long an estimate serves all jobs of its kind; that there is none yet, for a shorter time.
KEPT, NONE_KEPT = 30 * SECOND, 3 * SECOND
MOST_KEPT = 1_000

Kind = tuple[str, str, str | None, int, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """`percent` of a job, its stage (queued, inputs, generating, storing), its position in its team's queue while it
    waits there (1 is next), and the seconds it may still take: None when nothing like it was generated before, and when
    it takes longer than the like of it did. `seconds_so_far` are None while it is queued."""

    percent: int
    stage: str
    position: int | None = None
    seconds_left: float | None = None
    seconds_so_far: float | None = None
    longer_than_usual: bool = False


@dataclass(frozen=True)
class Change:
    """A change of a job: progress or its end. Two are equal when a watcher need not see the second.

    `partials` are the changes that brought its partial images so far, oldest first. `ended` is what this process has
    written of its end, if it has.
    """

    event: str
    body: Mapping[str, Any] = field(compare=False)
    state: object = None
    partials: "Sequence[Change]" = field(default=(), compare=False)
    ended: object = field(default=None, compare=False)

    @cached_property
    def text(self) -> str:
        """The body as JSON, written once for all watchers."""
        return json.dumps(self.body, ensure_ascii=False)


class UsualDurations:
    """How many milliseconds jobs of each kind took of late: looked up once for all jobs of that kind."""

    def __init__(self) -> None:
        self._known: dict[Kind, tuple[int, float | None]] = {}

    def of(self, connection: Connection, job: JobGlance, now: int) -> float | None:
        """None when there was nothing like it."""
        kind = _kind(job)
        until, usual = self._known.get(kind, (0, None))
        if now >= until or until > now + KEPT:
            whole = get_job(connection, job.id)
            like = recent_durations(connection, whole) if whole else ()
            usual = sum(like) / len(like) if like else None
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[kind] = (now + (KEPT if like else NONE_KEPT), usual)
        return usual

    def look_again(self) -> None:
        """A job has just ended: the first of its kind is something to learn from."""
        for kind in [kind for kind, (_, usual) in self._known.items() if usual is None]:
            del self._known[kind]


def _kind(job: JobGlance) -> Kind:
    return (job.team_id, job.model, job.provider, job.quoted, job.count)


def progress_of(
    connection: Connection, jobs: Sequence[JobGlance], usual: UsualDurations, now: int
) -> Mapping[str, Progress]:
    """How far jobs that are not final are now, by their ids."""
    waiting = [job for job in jobs if job.waiting]
    places: Mapping[str, int] = {}
    if waiting:
        teams = sorted({job.team_id for job in waiting})
        places = places_in_line(connection, teams, [job.id for job in waiting])
    return {job.id: _progress(job, usual.of(connection, job, now), places.get(job.id, 1), now) for job in jobs}


def _progress(job: JobGlance, usual: float | None, place: int, now: int) -> Progress:
    if job.waiting:
        return Progress(0, "queued", place, usual and usual * place / SECOND)
    if job.status is JobState.QUEUED:
        return Progress(0, "queued", None, usual and usual / SECOND)
    passed = now - (job.started_at or job.created_at)
    guess = int(BEGUN + (GENERATED - BEGUN) * passed / (passed + usual / 3)) if usual else BEGUN
    percent = max(job.progress, min(guess, GENERATED - 1))
    left = (usual - passed) / SECOND if usual and passed < usual else None
    return Progress(percent, _stage(job, percent), None, left, passed / SECOND, bool(usual) and left is None)


def _stage(job: JobGlance, percent: int) -> str:
    if job.inputs and job.submit_state == SubmitState.NONE and job.progress <= BEGUN:
        return "inputs"
    return "storing" if percent >= GENERATED else "generating"
