"""The response bodies about credits: the ledger, its statement, and usage."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from easel.api.schemas import Body

Status = Literal["reserved", "charged", "refunded", "granted"]


class LedgerEntry(Body):
    """One row: `amount` is the change of the balance, `held` the change of the reserved credits."""

    id: int
    kind: Literal["grant", "hold", "settle", "release"]
    amount: int
    held: int
    jobId: str | None
    note: str
    createdAt: str


class Ledger(Body):
    balance: int = Field(description="Credits of the team, including reserved ones.")
    held: int = Field(description="Credits reserved for jobs that have not ended.")
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


class StatementLine(Body):
    """One job with all its entries, or one grant."""

    id: int = Field(description="The ledger entry that begins it.")
    status: Status = Field(description="refunded: the job ended and nothing was charged.")
    credits: int = Field(description="Change of the available credits; of a running job, what it reserves.")
    reserved: int = Field(description="Credits that the job reserved when it was accepted; the rest was refunded.")
    balance: int | None = Field(description="Available credits after this line. Null unless you see the whole team's.")
    jobId: str | None
    model: str | None
    prompt: str | None = Field(description="Null for a grant, and once the job is deleted.")
    images: int | None = Field(description="Number of images requested.")
    preview: str | None = Field(description="A WebP preview of the first image.")
    user: str | None = Field(description="Email address of the job's owner.")
    note: str
    createdAt: str


class Statement(Body):
    available: int = Field(description="Credits of the team, without reserved ones.")
    reserved: int = Field(description="Credits reserved for jobs that have not ended.")
    lines: Sequence[StatementLine]
    nextCursor: str | None
    hasMore: bool
