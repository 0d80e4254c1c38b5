"""The nouns every station speaks in. Frozen values; no I/O, no rules.

Units: credits are whole numbers; sizes are pixels; times are milliseconds since 1970 in UTC.
"""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol


class JobState(StrEnum):
    """QUEUED → PROCESSING → one of the three final states, and never back."""

    QUEUED = "QUEUED"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def final(self) -> bool:
        return self in (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)


class SubmitState(StrEnum):
    """Whether a call that may cost money has left for a job."""

    NONE = "NONE"
    SENDING = "SENDING"  # written down before it leaves: after a crash nobody knows whether it did
    SENT = "SENT"


class AttemptOutcome(StrEnum):
    """How one call of a job to a provider came out, or how far it is."""

    SENDING = "sending"
    GENERATING = "generating"
    GENERATED = "generated"
    NO_IMAGE = "no_image"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    UNSUPPORTED = "unsupported"
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    MISCONFIGURED = "misconfigured"
    FAILED = "failed"
    LOST = "lost"


class Paid(StrEnum):
    """Whether the provider was paid for a call."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a person may do in a team. OWNER and ADMIN see and steer the whole team's jobs."""

    OWNER = "OWNER"
    ADMIN = "ADMIN"
    MEMBER = "MEMBER"

    @property
    def leads(self) -> bool:
        return self in (Role.OWNER, Role.ADMIN)

    @property
    def rank(self) -> int:
        """0 for a member; nobody hands out or ends the keys of a higher rank than their own."""
        return (Role.MEMBER, Role.ADMIN, Role.OWNER).index(self)


class Owned(Protocol):
    """A row that says whose it is: a job, a file, an event, a delivery."""

    @property
    def team_id(self) -> str: ...
    @property
    def user_id(self) -> str | None: ...
    @property
    def test(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of one team that somebody may see and steer: everybody's, or one person's; all, or those of test mode.

    Every query on behalf of a caller takes one. It is made in one place, `Caller.scope`.
    """

    team_id: str
    user_id: str | None = None
    test_only: bool = False

    def holds(self, row: "Owned") -> bool:
        """The same for a row that has been read already."""
        mine = self.user_id in (None, row.user_id)
        return row.team_id == self.team_id and mine and (row.test or not self.test_only)

    def of_user(self, user_id: str) -> "Scope":
        """The part of it that is one person's."""
        return replace(self, user_id=user_id)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: one key of one person in one team. `test` keys never spend and never reach a paid upstream."""

    key_id: str
    key_name: str
    key_prefix: str
    user_id: str
    email: str
    role: Role
    team_id: str
    test: bool
    capped: bool = False  # somebody else made the key: it may do no more than they could, whatever its person becomes

    @property
    def scope(self) -> Scope:
        """What this caller may see and steer: their own, or the team's if they lead it; with a test key, test rows."""
        return Scope(self.team_id, None if self.role.leads else self.user_id, self.test)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a job's news goes, and which news."""

    url: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A request that is legal and priced: what will be painted and what it costs.

    `params` holds every parameter of the card with its default filled in, in the card's own order.
    """

    model: str
    prompt: str
    params: Mapping[str, Any]
    size: Size
    count: int
    credits_each: int

    @property
    def credits(self) -> int:
        return self.credits_each * self.count


@dataclass(frozen=True, slots=True)
class Needs:
    """What a provider must be able to do for a job: words of a card's `capabilities`, and how many pictures at once."""

    capabilities: frozenset[str]
    count: int


RAW_RGBA = "image/x-raw-rgba"


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of one picture and what they are.

    `media_type` is an image MIME type, or `RAW_RGBA`: width × height × 4 bytes of sRGB with straight alpha,
    which saves a provider that lives in this process from encoding what will be encoded again.
    `warnings` are sentences for the job's owner: what of the request this picture does not show.
    """

    data: bytes = field(repr=False)
    media_type: str
    size: Size
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a picture came to be, for the mark it leaves with: whose work, a trained model's or not, out of what."""

    provider: str
    model: str
    trained: bool
    parents: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One picture at rest: where it is, and all that serving it needs."""

    key: str
    name: str
    media_type: str
    byte_size: int
    etag: str
    size: Size


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What a provider is handed: everything a provider may know about a job, and nothing about its customer.

    `count` pictures of exactly `size` are wanted. `quality` is low, medium, high or auto (auto is priced as high);
    `background` is auto, opaque or transparent; `params` holds the rest of the card's parameters.
    `upstream_model` is what the provider calls the model; `seconds` are what is left of the job's time.
    `news_url` is where an upstream may say that something has happened; None when the world cannot reach this server.
    `test` is true for a test key: nothing may be paid for.
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
    inputs: tuple[Image, ...] = ()
    seconds: float = 900.0
    callback_url: str | None = None
    test: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A painting that succeeded: its pictures, in order, one at a time so that one at a time is in memory.

    Fewer pictures than asked is legal and is charged as fewer. Reading on may raise a `ProviderError`; whoever stops
    reading early closes the generator, so that a provider can let go of what it holds. Reading may work, but must not
    wait for a network: what has to be waited for has arrived before there is a Done.
    `upstream_id` and `usage` are what the upstream said of it: plain JSON, for the receipt. `brief` is what a provider
    read in the prompt, for whoever wonders about a picture: plain JSON too. `once` is set by the workflow: these
    pictures cannot be asked for again.
    """

    images: AsyncGenerator[Image, None]
    once: bool = False
    upstream_id: str | None = None
    usage: Mapping[str, Any] = field(default_factory=dict)
    brief: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A painting under way elsewhere: keep it, and `check` it after `check_after` seconds.

    It is written to the job row as soon as it exists, so `state` must be plain JSON and hold no secrets.
    """

    upstream_id: str
    state: Mapping[str, Any] = field(default_factory=dict)
    check_after: float = 1.0
    progress: int | None = None
