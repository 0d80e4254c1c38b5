"""The response bodies. Names and spellings are the Apiframe v2 API's; our additions are at the end of each."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from easel.accounts.valid import MAX_NAME, NAME
from easel.domain import AttemptOutcome, JobState, Role

JobId = Field(description="A UUID.", examples=["019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10"])


class Body(BaseModel):
    model_config = ConfigDict(frozen=True)


class Error(Body):
    """The shape of every error. `error` is for people; `code` never changes."""

    error: str
    code: str
    retryable: bool = Field(description="Whether the same request may succeed later.")
    hint: str | None = Field(default=None, description="How to fix it.")
    param: str | None = Field(default=None, description="The invalid field.")
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
    provider: str = Field(description="The provider that would generate it.")
    valid: Literal[True]


class JobResult(Body):
    images: Sequence[str] = Field(description="One URL per image, in order.")


class JobImage(Body):
    """An image that a job has. Its id and number stay when others are deleted."""

    id: str = Field(description="The job ID, `-`, and the number.", examples=["019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10-1"])
    number: int = Field(description="Counting from 1, in the order of the job's first result.")
    url: str
    preview: str = Field(description="A WebP preview.")
    favourite: bool = Field(description="Whether you marked it.")
    collections: Sequence[str] = Field(description="The IDs of your collections that have it.")


class JobSummary(Body):
    """A job in a list."""

    id: str = JobId
    status: JobState
    model: str
    progress: int = Field(ge=0, le=100)
    result: JobResult | None = Field(description="Null until COMPLETED.")
    error: str | None
    creditCost: int = Field(description="Credits reserved for this job; once it is final, credits charged.")
    webhookStatus: Literal["pending", "delivered", "failed"] | None
    createdAt: str
    completedAt: str | None
    expired: bool = Field(description="Whether its files were deleted.")
    errorCode: str | None
    provider: str | None = Field(description="The provider that generated it, or will.")
    warnings: Sequence[str] = Field(description="Parts of the request that the images do not show.")
    test: bool = Field(description="Created with a test key: free.")
    expiresAt: str | None = Field(description="When its files will be deleted.")
    prompt: str
    width: int = Field(description="Width of the first image in pixels; until there is one, as requested.")
    height: int = Field(description="Height of the first image in pixels; until there is one, as requested.")
    count: int = Field(description="Number of images requested.")
    previews: Sequence[str] = Field(description="One WebP preview per image, in order.")
    user: str = Field(description="Email address of the owner.")
    images: Sequence[JobImage] = Field(description="Its images that were not deleted, in order.")


class Attempt(Body):
    """One provider call that may have been billed, or several that were put off. Times are ISO 8601."""

    provider: str
    startedAt: str
    endedAt: str | None
    outcome: str = Field(description=f"{', '.join(list(AttemptOutcome)[:-1])} or {list(AttemptOutcome)[-1]}.")
    paid: Literal["no", "yes", "unknown"] = Field(description="Whether the provider billed it.")
    upstreamId: str | None
    status: int | None = Field(description="The provider's HTTP status, when it refused.")
    code: str | None
    requestId: str | None
    calls: int = Field(description="Calls of this outcome, when nothing was started; the facts are those of the last.")


class Job(JobSummary):
    """A job with the request that made it."""

    attempts: Sequence[Attempt] = Field(description="The provider calls of this job, in the order they began.")
    brief: Mapping[str, Any] | None = Field(
        description="What the provider understood of the prompt, and what of it the first image shows, if it says so."
    )
    inputs: Sequence[str] = Field(description="Its input images, at URLs that can be used again.")
    mask: str | None = Field(description="The mask of its first input image, at a URL that can be used again.")
    parents: Sequence[str] = Field(description="The jobs whose images were inputs of this job.")
    input: Mapping[str, Any] = Field(description="The request; data: URLs are shortened.")


class JobPage(Body):
    jobs: Sequence[JobSummary]
    nextCursor: str | None
    hasMore: bool
    models: Sequence[str] | None = Field(default=None, description="With include_models: the models of existing jobs.")


class Deleted(Body):
    deleted: int = Field(description="Number of deleted jobs.")


class Collection(Body):
    id: str
    name: str
    images: int = Field(description="Number of its images.")
    preview: str | None = Field(description="A WebP preview of a recent image; null when it is empty.")
    createdAt: str


class CollectionList(Body):
    collections: Sequence[Collection]


class CollectionOrder(Body):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=MAX_NAME, json_schema_extra={"pattern": NAME})


class MeUser(Body):
    id: str
    email: str
    role: Role


class MeTeam(Body):
    id: str
    name: str
    plan: str
    credits: int = Field(description="Available credits, without the reserved ones.")
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


class Provider(Body):
    name: str
    description: str


class ProviderHealth(Provider):
    trouble: str | None = Field(description="Why it is paused; null when it is operational.")
    models: Mapping[str, str] = Field(description="Models that are paused there, and why; others are not.")
    waiting: int = Field(description="Jobs that wait for its limits.")
    imagesPerMinute: float | None


class ProviderList(Body):
    providers: Sequence[ProviderHealth]


class Model(Body):
    id: str
    label: str
    description: str
    modality: str
    pricingMode: Literal["flat", "per-second", "per-output"]
    costMin: int
    costMax: int
    creditsByQuality: Mapping[str, int]
    sizes: Mapping[str, str]
    capabilities: Sequence[str]
    paramsField: str = Field(description="The request field with the model's parameters.")
    parameters: Mapping[str, Any] = Field(description="Those parameters as JSON Schema.")
    providers: Sequence[Provider] = Field(description="The providers of this model on this server.")
    differences: Sequence[str]
    promptTips: Sequence[str]
    dated: str
    creditsPerPartialImage: int = Field(description="Price of each partial image that is shown.")


class ModelList(Body):
    models: Sequence[Model]


class Uploaded(Body):
    id: str
    url: str = Field(description="Use it in input_images.")
    kind: Literal["image"]
    contentType: str
    byteSize: int
    expiresAt: str


class Health(Body):
    status: Literal["ok"]


class Readiness(Body):
    status: Literal["ready", "not ready"]
    checks: Mapping[str, str] = Field(description="By component: ok, or the problem.")
    providers: Mapping[str, str] = Field(
        description="By provider: ok, or why it is paused; and models that are. Jobs wait, so the server stays ready."
    )
