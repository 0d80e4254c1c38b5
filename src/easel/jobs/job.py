"""A job: what a request gives, and what its row says at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import RowMapping

from easel.domain import JobState, Needs, Pending, Size, SubmitState, Webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """What a request gives: who asks, what for, at what price, and which provider is the likely one."""

    id: str
    team_id: str
    user_id: str
    key_id: str
    test: bool
    model: str
    params: Mapping[str, Any]
    size: Size
    count: int
    inputs: Sequence[str]
    request: Mapping[str, Any]
    webhook: Webhook | None
    address: str
    provider: str
    trace: str | None
    quoted: int
    file_token: str
    created_at: int
    warnings: Sequence[str] = ()
    partial_credits: int = 0
    fetcher: str | None = None

    @property
    def held(self) -> int:
        """The credits its hold promises: a test key's job holds none."""
        return 0 if self.test else self.quoted

    def queued(self, *, admitted: bool) -> "Job":
        """The job as it begins: nothing is done yet."""
        return Job(
            id=self.id,
            team_id=self.team_id,
            user_id=self.user_id,
            key_id=self.key_id,
            test=self.test,
            model=self.model,
            params=self.params,
            width=self.size.width,
            height=self.size.height,
            count=self.count,
            inputs=self.inputs,
            fetcher=self.fetcher,
            request=self.request,
            webhook_url=self.webhook.url if self.webhook else None,
            webhook_events=self.webhook.events if self.webhook else None,
            webhook_status="pending" if self.webhook else None,
            address=self.address,
            admitted_at=self.created_at if admitted else None,
            provider=self.provider,
            trace=self.trace,
            quoted=self.quoted,
            partial_credits=self.partial_credits,
            credit_cost=self.held,
            file_token=self.file_token,
            warnings=list(self.warnings),
            created_at=self.created_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job at one moment. `credit_cost` is what the team has paid, or promised, at that moment.

    `epoch` counts how often a worker has taken the job up; a write that names an older epoch changes nothing.
    `requeues` counts how often it came back because its provider had not begun.
    `fetcher` is the process that fetches those of its inputs that are not kept yet.
    `partials` counts the partial images that were shown; each costs `partial_credits`, which `quoted` has for each of
    those that were asked for.
    """

    id: str
    team_id: str
    user_id: str
    key_id: str
    test: bool
    model: str
    params: Mapping[str, Any]
    width: int
    height: int
    count: int
    inputs: Sequence[str]
    fetcher: str | None = None
    request: Mapping[str, Any]
    webhook_url: str | None
    webhook_events: Sequence[str] | None
    webhook_status: str | None
    address: str
    status: JobState = JobState.QUEUED
    progress: int = 0
    admitted_at: int | None
    epoch: int = 0
    requeues: int = 0
    provider: str | None
    submit_state: SubmitState = SubmitState.NONE
    pending: Mapping[str, Any] | None = None
    delivered: Mapping[str, Any] | None = None
    trace: str | None
    brief: Mapping[str, Any] | None = None
    deadline_at: int | None = None
    quoted: int
    partial_credits: int = 0
    partials: int = 0
    credit_cost: int
    error: str | None = None
    error_code: str | None = None
    warnings: Sequence[str] = ()
    expired: bool = False
    deleted_at: int | None = None
    file_token: str
    created_at: int
    started_at: int | None = None
    completed_at: int | None = None

    @classmethod
    def from_row(cls, row: RowMapping) -> Self:
        return cls(**dict(row) | {"status": JobState(row["status"]), "submit_state": SubmitState(row["submit_state"])})

    @property
    def prompt(self) -> str:
        return str(self.request["prompt"])

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    @property
    def held(self) -> int:
        """The credits its hold promised: a test key's job holds none."""
        return 0 if self.test else self.quoted

    @property
    def mask(self) -> str | None:
        """Where its mask is, as `inputs` says it of an image. Jobs of earlier versions have none."""
        return self.params.get("mask")

    @property
    def variation(self) -> int:
        """Which of the images of this request a repeatable provider gives; jobs of earlier versions have none."""
        return int(self.request.get("variation") or 0)

    @property
    def partial_images(self) -> int:
        """How many partial images were asked for; jobs of earlier versions have none."""
        return int(self.params.get("partial_images", 0))

    def cost_of(self, images: int, *, at_most: int | None = None) -> int:
        """The credits that so many images cost, with the partial images that were shown before them; `at_most` limits
        the price of one image."""
        if self.test or not images:
            return 0
        each = (self.quoted - self.partial_credits * self.partial_images) // self.count
        each = each if at_most is None else min(each, at_most)
        return images * each + self.partial_credits * min(self.partials, self.partial_images)

    @property
    def needs(self) -> Needs:
        return needs_of(self.params, inputs=len(self.inputs), count=self.count)

    @property
    def unsent(self) -> bool:
        """No call that may cost money has left for it."""
        return self.submit_state == SubmitState.NONE

    @property
    def held_by(self) -> str | None:
        """Who has its answer on its disk, of one that comes only once, and has stored nothing of it yet."""
        return self.delivered.get("held_by") if self.delivered else None

    @property
    def open_pending(self) -> Pending | None:
        return Pending(**self.pending) if self.pending else None


def needs_of(params: Mapping[str, Any], *, inputs: int, count: int) -> Needs:
    """What a request needs of its provider, in the words of the model cards."""
    words = {"edit" if inputs == 1 else "compose" if inputs else "text-to-image"}
    if params.get("background") == "transparent":
        words.add("transparent")
    if params.get("mask"):
        words.add("mask")
    return Needs(frozenset(words), count)
