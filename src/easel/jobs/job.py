"""One job, as its row has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import RowMapping

from easel.domain import JobState, Size, Ticket


@dataclass(frozen=True, slots=True)
class Job:
    """A job at one moment. `credit_cost` is what the team has paid, or promised, at that moment.

    `epoch` counts how often a worker has taken the job up; a write that names an older epoch changes nothing.
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
    request: Mapping[str, Any]
    webhook_url: str | None
    webhook_events: Sequence[str] | None
    webhook_status: str | None
    status: JobState
    progress: int
    admitted_at: int | None
    epoch: int
    provider: str | None
    submit_state: str
    ticket: Mapping[str, Any] | None
    deadline_at: int | None
    quoted: int
    credit_cost: int
    error: str | None
    error_code: str | None
    warnings: Sequence[str]
    expired: bool
    file_token: str
    created_at: int
    started_at: int | None
    completed_at: int | None

    @classmethod
    def from_row(cls, row: RowMapping) -> Self:
        return cls(**dict(row) | {"status": JobState(row["status"])})

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
    def open_ticket(self) -> Ticket | None:
        return Ticket(**self.ticket) if self.ticket else None
