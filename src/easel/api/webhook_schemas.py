"""The response bodies of webhooks and events. Easel's own."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from easel.api.schemas import Body


class DeliveryTry(Body):
    at: str
    milliseconds: int
    status: int | None = Field(description="HTTP status of the endpoint; null without a response.")
    error: str | None
    answer: str | None = Field(description="Start of the response body, up to 1 KB.")


class Delivery(Body):
    """One message to one endpoint. Its id is the webhook-id of every attempt."""

    id: str
    event: str
    jobId: str | None
    url: str
    status: Literal["pending", "delivered", "failed", "dropped"]
    createdAt: str
    nextAttemptAt: str | None
    attempts: Sequence[DeliveryTry]


class DeliveryPage(Body):
    deliveries: Sequence[Delivery]
    nextCursor: str | None
    hasMore: bool


class Resent(Body):
    count: int = Field(description="Number of deliveries queued for retry.")


class WebhookSecret(Body):
    secret: str = Field(description="For a Standard Webhooks library.")
    createdAt: str
    expiresAt: str | None = Field(description="When it stops signing; null for the current secret.")


class WebhookSecrets(Body):
    secrets: Sequence[WebhookSecret]


class Event(Body):
    """The end of a job, as in its webhook."""

    number: int = Field(description="Increases in the order in which events became visible.")
    id: str = Field(description="The webhook-id, if it is also sent as a webhook.")
    event: str
    jobId: str | None
    createdAt: str
    body: Mapping[str, Any]


class EventPage(Body):
    events: Sequence[Event]
    next: int = Field(description="Pass it as after.")
    hasMore: bool
