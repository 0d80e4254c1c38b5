"""One prediction: what was asked, how it stands, and how the API shows it."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.doubles.replicate.models import Model
from tests.support.doubles.replicate.outcomes import Course, WebhookScript

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TERMINAL = ("succeeded", "failed", "canceled", "aborted")


@dataclass
class Prediction:
    """`number` counts predictions, so that the newest can come first."""

    number: int
    model: Model
    input: dict[str, Any]
    base: str
    course: Course
    webhook: str | None = None
    events: frozenset[str] = frozenset({"output", "completed"})
    webhook_script: WebhookScript = field(default_factory=WebhookScript)
    lifetime: float | None = None
    id: str = field(default_factory=lambda: new_id())
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    started: datetime | None = None
    completed: datetime | None = None
    status: str = "starting"
    output: Any = None
    logs: str = ""
    error: str | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def terminal(self) -> bool:
        return self.status in TERMINAL

    def start(self) -> None:
        self.status, self.started = "processing", datetime.now(UTC)
        self.logs = "Generating image...\n"

    def end(self, status: str, *, error: str | None = None) -> None:
        self.status, self.error, self.completed = status, error, datetime.now(UTC)
        if status == "succeeded":
            self.logs += f"Generated image in {self._seconds(self.started):.1f}sec\nGenerated {self.images} images\n"
        self.ended.set()

    def removed(self, ttl: float | None) -> bool:
        """Whether Replicate has forgotten what went in and came out, `ttl` seconds after the end."""
        return ttl is not None and self.completed is not None and datetime.now(UTC) > self.completed + _seconds(ttl)

    @property
    def images(self) -> int:
        return len(self.output) if isinstance(self.output, list) else int(self.output is not None)

    def shown(self, ttl: float | None = None) -> dict[str, Any]:
        """The object of the API: https://replicate.com/docs/reference/http#predictions.get."""
        removed = self.removed(ttl)
        body: dict[str, Any] = {
            "id": self.id,
            "model": self.model.slug,
            "version": "hidden",
            "input": {} if removed else self.input,
            "logs": "" if removed else self.logs,
            "output": None if removed else self.output,
            "data_removed": removed,
            "error": self.error,
            "source": "api",
            "status": self.status,
            "created_at": moment(self.created, "milliseconds"),
            "urls": self._urls(),
        }
        times = {"started_at": self.started, "completed_at": self.completed, "deadline": self._deadline()}
        body |= {name: moment(time) for name, time in times.items() if time}
        return body | ({"metrics": self._metrics()} if self.terminal else {})

    def _urls(self) -> dict[str, str]:
        address = f"{self.base}/v1/predictions/{self.id}"
        return {
            "cancel": f"{address}/cancel",
            "get": address,
            "stream": f"{self.base}/stream/{self.id}",
            "web": f"{self.base}/p/{self.id}",
        }

    def _deadline(self) -> datetime | None:
        return None if self.lifetime is None else self.created + _seconds(self.lifetime)

    def _metrics(self) -> dict[str, float]:
        metrics: dict[str, float] = {"total_time": self._seconds(self.created)}
        if self.started:
            metrics["predict_time"] = self._seconds(self.started)
        if self.status == "succeeded":
            metrics["image_output_count"] = self.images
        return metrics

    def _seconds(self, since: datetime | None) -> float:
        return ((self.completed or datetime.now(UTC)) - since).total_seconds() if since else 0.0


def new_id() -> str:
    """26 characters, as `h57pag03m5rmy0czx00v1spt08`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(26))


def moment(time: datetime, precision: str = "microseconds") -> str:
    return time.isoformat(timespec=precision).replace("+00:00", "Z")


def _seconds(count: float) -> timedelta:
    return timedelta(seconds=count)
