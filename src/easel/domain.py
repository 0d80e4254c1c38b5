"""The shared nouns. Frozen values; no I/O, no rules.

Units: credits are whole numbers; sizes are pixels; times are milliseconds since 1970 in UTC.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol


class JobState(StrEnum):
    """QUEUED → PROCESSING → one of the three final states; never back."""

    QUEUED = "QUEUED"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def final(self) -> bool:
        return self in (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)


class SubmitState(StrEnum):
    """Whether a call that may cost money was sent for a job."""

    NONE = "NONE"
    SENDING = "SENDING"  # written before the call is sent: after a crash the outcome is unknown
    SENT = "SENT"


class AttemptOutcome(StrEnum):
    """The outcome of one provider call of a job, or its current state."""

    SENDING = "sending"
    GENERATING = "generating"
    GENERATED = "generated"
    NO_IMAGE = "no_image"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    UNSUPPORTED = "unsupported"
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    MODEL_UNAVAILABLE = "model_unavailable"
    MISCONFIGURED = "misconfigured"
    FAILED = "failed"
    LOST = "lost"


class Paid(StrEnum):
    """Whether a provider call was billed."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a member may do in a team. OWNER and ADMIN see and manage all jobs of the team."""

    OWNER = "OWNER"
    ADMIN = "ADMIN"
    MEMBER = "MEMBER"

    @property
    def leads(self) -> bool:
        return self in (Role.OWNER, Role.ADMIN)

    @property
    def rank(self) -> int:
        """0 for a member; nobody creates or ends keys of a rank above their own."""
        return (Role.MEMBER, Role.ADMIN, Role.OWNER).index(self)


class Owned(Protocol):
    """A row with an owner: a job, a file, an event, a delivery."""

    @property
    def team_id(self) -> str: ...
    @property
    def user_id(self) -> str | None: ...
    @property
    def test(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of one team that a caller may see and manage: all members' or one member's; all or test mode only.

    Every query on behalf of a caller takes one. It is created only in `Caller.scope`.
    """

    team_id: str
    user_id: str | None = None
    test_only: bool = False

    def holds(self, row: "Owned") -> bool:
        """The same check for a row that has been read already."""
        mine = self.user_id in (None, row.user_id)
        return row.team_id == self.team_id and mine and (row.test or not self.test_only)

    def of_user(self, user_id: str) -> "Scope":
        """The subset of one member."""
        return replace(self, user_id=user_id)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"

    @property
    def spelled(self) -> str:
        """As OpenAI's API spells it: 1536x1024."""
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class KeyLimits:
    """What narrows a key: the time it expires, credits per calendar month (UTC), the models it can use. None is no
    limit."""

    expires_at: int | None = None
    monthly_credits: int | None = None
    models: tuple[str, ...] | None = None

    def allows(self, model: str) -> bool:
        return self.models is None or model in self.models


NO_LIMITS = KeyLimits()


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller: one key of one member of one team. `test` keys spend no credits and never use a paid provider."""

    key_id: str
    key_name: str
    key_prefix: str
    user_id: str
    email: str
    role: Role
    team_id: str
    test: bool
    capped: bool = False  # created by somebody else: its role never exceeds the creator's
    limits: KeyLimits = NO_LIMITS

    @property
    def scope(self) -> Scope:
        """What this caller may see and manage: their own rows, or the team's if they lead it; test rows with a test
        key."""
        return Scope(self.team_id, None if self.role.leads else self.user_id, self.test)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the events of a job are sent, and which events."""

    url: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A valid and priced request: what to generate and what it costs.

    `params` holds every parameter of the card with its default filled in, in the card's own order.
    """

    model: str
    prompt: str
    params: Mapping[str, Any]
    size: Size
    count: int
    credits_each: int
    credits_per_partial: int = 0

    @property
    def credits(self) -> int:
        """The most it can cost: each image, and each partial image that was asked for."""
        return self.credits_each * self.count + self.credits_per_partial * int(self.params.get("partial_images", 0))


@dataclass(frozen=True, slots=True)
class Needs:
    """What a provider must support for a job: words of a card's `capabilities`, and the number of images per call."""

    capabilities: frozenset[str]
    count: int


RAW_RGBA = "image/x-raw-rgba"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Image:
    """The bytes of one image and their type.

    `media_type` is an image MIME type, or `RAW_RGBA`: width × height × 4 bytes of sRGB with straight alpha, which saves
    an in-process provider from encoding what will be encoded again. `warnings` are sentences for the job's owner: what
    of the request this image does not show.
    """

    data: bytes = field(repr=False)
    media_type: str
    size: Size
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an image was created, for its provenance mark: the author, whether a trained model, and the sources."""

    provider: str
    model: str
    trained: bool
    parents: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One stored image: where it is, and all that serving it needs."""

    key: str
    name: str
    media_type: str
    byte_size: int
    etag: str
    size: Size


def ignore(image: Image) -> None:
    """For partial images that nobody asked for."""


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What a provider receives: all it may know about a job, and nothing about the customer.

    `count` images of exactly `size` are requested. `quality` is low, medium, high or auto (auto is priced as high);
    `background` is auto, opaque or transparent; `output_compression` is the quality of a webp or jpeg, 0 to 100;
    `params` holds the remaining parameters of the card. `mask` is a PNG as large as the first of `inputs`: only where
    it is transparent may that image change. `user` and `safety_identifier` say for which customer of the customer it
    is, in words that OpenAI knows. `upstream_model` is the provider's name for the model,
    `upstream_parameters` and `spelled_size` what its card says of it there;
    `seconds` are left before the job's deadline. `callback_url` is where a provider can send its own webhooks; None
    when this server has no public URL. `test` is true for a test key: nothing may be billed.

    `variation` asks a repeatable provider for other images of the same request; 0 is the usual one.
    `partial_images` is how many earlier states of an image its owner wants to see; fewer may come, or none. A provider
    calls `on_partial` with each as it arrives. That takes no time and never fails.
    """

    job_id: str
    model: str
    upstream_model: str
    prompt: str
    aspect_ratio: str
    size: Size
    count: int
    quality: str
    background: str
    output_format: str
    params: Mapping[str, Any]
    output_compression: int = 100
    inputs: tuple[Image, ...] = ()
    mask: Image | None = None
    user: str | None = None
    safety_identifier: str | None = None
    seconds: float = 900.0
    callback_url: str | None = None
    test: bool = False
    variation: int = 0
    partial_images: int = 0
    upstream_parameters: Sequence[str] = ()
    spelled_size: bool = False
    on_partial: Callable[[Image], None] = field(default=ignore, repr=False, compare=False)

    @property
    def own_words(self) -> tuple[str, ...]:
        """What its customer wrote, which a provider may repeat in an error."""
        return (self.prompt, self.user or "", self.safety_identifier or "")


@dataclass(frozen=True, slots=True)
class Done:
    """A successful generation: its images, in order, read one at a time so that only one is in memory.

    Fewer images than requested are allowed, and fewer are charged. Reading on may raise a `ProviderError`; a reader
    that stops early closes the generator, so that a provider can release its resources. Reading may use the processor
    but must not wait for a network: a Done exists only after everything has arrived.
    `upstream_id` and `usage` are what the upstream said of it: plain JSON, for the receipt. `brief` is what a provider
    read in the prompt, to explain an image: plain JSON too. `once` is set by the pipeline: these
    images cannot be requested again, nor read again by whoever goes on with the job.
    """

    images: AsyncGenerator[Image, None]
    once: bool = False
    upstream_id: str | None = None
    usage: Mapping[str, Any] = field(default_factory=dict)
    brief: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A generation that runs elsewhere: store it, and call `check` after `check_after` seconds.

    It is written to the job row as soon as it exists, so `state` must be plain JSON without secrets.
    """

    upstream_id: str
    state: Mapping[str, Any] = field(default_factory=dict)
    check_after: float = 1.0
    progress: int | None = None
