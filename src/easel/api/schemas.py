"""The bodies of every answer. Names and spellings are the Apiframe v2 API's; what we add stands at the end of each."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from easel.accounts.valid import ADDRESS, MAX_ADDRESS, MAX_NAME, NAME
from easel.domain import AttemptOutcome, JobState, Role

JobId = Field(description="A UUID.", examples=["019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10"])


class Body(BaseModel):
    model_config = ConfigDict(frozen=True)


class Error(Body):
    """What every refusal looks like. `error` is for people; `code` never changes."""

    error: str
    code: str
    retryable: bool = Field(description="Whether the same request may succeed later.")
    hint: str | None = Field(default=None, description="What to do about it.")
    param: str | None = Field(default=None, description="The field that is wrong.")
    details: Mapping[str, Sequence[str]] | None = Field(default=None, description="Every problem by JSON path.")


class InsufficientCreditsError(Error):
    creditsRequired: int
    creditsAvailable: int


class Submitted(Body):
    jobId: str = JobId
    status: JobState


class Estimated(Body):
    creditsRequired: int
    creditsAvailable: int
    provider: str = Field(description="Who would paint it.")
    valid: Literal[True]


class JobResult(Body):
    images: Sequence[str] = Field(description="One address a picture, in order.")


class JobSummary(Body):
    """A job as it is listed."""

    id: str = JobId
    status: JobState
    model: str
    progress: int = Field(ge=0, le=100)
    result: JobResult | None = Field(description="Null until COMPLETED.")
    error: str | None
    creditCost: int = Field(description="What the team has paid for this job at this moment.")
    webhookStatus: Literal["pending", "delivered", "failed"] | None
    createdAt: str
    completedAt: str | None
    expired: bool = Field(description="Whether its files were purged.")
    errorCode: str | None
    provider: str | None = Field(description="Who painted it, or will.")
    warnings: Sequence[str] = Field(description="What of the request the pictures do not show.")
    test: bool = Field(description="Made with a test key: nothing was spent.")
    expiresAt: str | None = Field(description="When its files will be purged.")
    prompt: str
    width: int = Field(description="Pixels of each picture, as promised.")
    height: int
    count: int = Field(description="How many pictures were asked for.")
    previews: Sequence[str] = Field(description="One small WebP a picture, in order.")
    user: str = Field(description="Whose it is: an address.")


class Attempt(Body):
    """One call that may have cost money. Times are ISO 8601."""

    provider: str
    startedAt: str
    endedAt: str | None
    outcome: str = Field(description=f"{', '.join(list(AttemptOutcome)[:-1])} or {list(AttemptOutcome)[-1]}.")
    paid: Literal["no", "yes", "unknown"] = Field(description="Whether the upstream was paid for it.")
    upstreamId: str | None
    status: int | None = Field(description="The upstream's HTTP status, when it refused.")
    code: str | None
    requestId: str | None


class Job(JobSummary):
    """A job with the request that made it."""

    attempts: Sequence[Attempt] = Field(description="The calls made for it, the first one first.")
    brief: Mapping[str, Any] | None = Field(description="What its provider read in the prompt, when it says.")
    inputs: Sequence[str] = Field(description="Its input images, at addresses that can be used again.")
    parents: Sequence[str] = Field(description="The jobs whose pictures it worked from.")
    input: Mapping[str, Any] = Field(description="The request; data: URLs are shortened.")


class JobPage(Body):
    jobs: Sequence[JobSummary]
    nextCursor: str | None
    hasMore: bool
    models: Sequence[str] | None = Field(default=None, description="With include_models: the models there are jobs of.")


class MeUser(Body):
    id: str
    email: str
    role: Role


class MeTeam(Body):
    id: str
    name: str
    plan: str
    credits: int = Field(description="Credits that can be spent now; held ones are not among them.")
    customerId: str | None
    maxConcurrentJobs: int


class MeKey(Body):
    id: str
    name: str
    prefix: str
    test: bool


class Me(Body):
    user: MeUser
    team: MeTeam
    apiKey: MeKey


class Key(Body):
    """An API key without its secret."""

    id: str
    name: str
    prefix: str = Field(description="How it begins.")
    user: str
    test: bool
    state: Literal["active", "inactive", "revoked"]
    createdAt: str
    lastUsedAt: str | None = Field(description="To the minute.")


class KeyList(Body):
    keys: Sequence[Key]


class KeyMade(Body):
    """A key just made."""

    id: str
    secret: str = Field(description="The key itself. It is shown now and never again.")


class KeyOrder(Body):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=MAX_NAME, pattern=NAME, description="What the key is for.")
    test: bool = Field(default=False, description="A test key never spends and never reaches a paid provider.")
    user: str | None = Field(default=None, max_length=320, description="Whose it is; for admins. Unset, yours.")


class Person(Body):
    id: str
    email: str
    role: Role
    createdAt: str


class PersonList(Body):
    people: Sequence[Person]


class PersonOrder(Body):
    model_config = ConfigDict(extra="forbid")

    email: str = Field(min_length=3, max_length=MAX_ADDRESS, pattern=ADDRESS)
    role: Role = Role.MEMBER


class RoleOrder(Body):
    model_config = ConfigDict(extra="forbid")

    role: Role


class LedgerEntry(Body):
    """One row: `amount` is what the balance changed by, `held` what the promised credits changed by."""

    id: int
    kind: Literal["grant", "hold", "settle", "release"]
    amount: int
    held: int
    jobId: str | None
    note: str
    createdAt: str


class Ledger(Body):
    balance: int = Field(description="What the team owns.")
    held: int = Field(description="What jobs that are not final may still cost.")
    entries: Sequence[LedgerEntry]
    nextCursor: str | None
    hasMore: bool


class UsageRow(Body):
    day: str = Field(description="In UTC.", examples=["2026-11-22"])
    model: str
    keyId: str
    credits: int
    jobs: int


class Usage(Body):
    usage: Sequence[UsageRow]


class ProviderHealth(Body):
    name: str
    description: str
    trouble: str | None = Field(description="Why it is left alone for now.")
    waiting: int = Field(description="Jobs that wait for its limits.")
    imagesPerMinute: float | None


class ProviderList(Body):
    providers: Sequence[ProviderHealth]


class Provider(Body):
    name: str
    description: str


class Model(Body):
    id: str
    label: str
    description: str
    modality: str
    pricingMode: Literal["per_image"]
    costMin: int
    costMax: int
    creditsByQuality: Mapping[str, int]
    sizes: Mapping[str, str]
    capabilities: Sequence[str]
    paramsField: str = Field(description="The field of a request that holds the model's parameters.")
    parameters: Mapping[str, Any] = Field(description="Those parameters as JSON Schema.")
    providers: Sequence[Provider] = Field(description="Who paints for this model on this server.")
    differences: Sequence[str]
    promptTips: Sequence[str]
    dated: str


class ModelList(Body):
    models: Sequence[Model]


class Uploaded(Body):
    id: str
    url: str = Field(description="Goes straight into input_images.")
    kind: Literal["image"]
    contentType: str
    byteSize: int
    expiresAt: str


class DeliveryTry(Body):
    at: str
    milliseconds: int
    status: int | None = Field(description="What the receiver answered; null when it did not.")
    error: str | None
    answer: str | None = Field(description="How its answer began, up to 1 KB.")


class Delivery(Body):
    """One message to one receiver. Its id is the webhook-id of every attempt."""

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
    count: int = Field(description="How many will be sent again.")


class WebhookSecret(Body):
    secret: str = Field(description="For a library of Standard Webhooks.")
    createdAt: str
    expiresAt: str | None = Field(description="When it stops signing; null for the newest.")


class WebhookSecrets(Body):
    secrets: Sequence[WebhookSecret]


class Event(Body):
    """The end of a job, as its webhook tells it."""

    number: int = Field(description="Grows in the order events became known.")
    id: str = Field(description="The webhook-id, if it is also sent.")
    event: str
    jobId: str | None
    createdAt: str
    body: Mapping[str, Any]


class EventPage(Body):
    events: Sequence[Event]
    next: int = Field(description="What to pass as after.")
    hasMore: bool


class Health(Body):
    status: Literal["ok"]


class Readiness(Body):
    status: Literal["ready", "not ready"]
    checks: Mapping[str, str] = Field(description="By part: ok, or what is wrong.")
    providers: Mapping[str, str] = Field(
        description="By provider: ok, or why it is left alone for now. Jobs wait meanwhile, so readiness stays."
    )
