"""The bodies of keys and members."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from easel.accounts.key_limits import MAX_MODELS
from easel.accounts.valid import ADDRESS, MAX_ADDRESS, MAX_NAME, NAME
from easel.api.schemas import Body
from easel.domain import Role
from easel.ledger import MAX_BALANCE


class Key(Body):
    """An API key without its secret."""

    id: str
    name: str
    prefix: str = Field(description="First characters of the key.")
    user: str
    test: bool
    state: Literal["active", "inactive", "revoked"]
    createdAt: str
    lastUsedAt: str | None = Field(description="To the minute.")
    expiresAt: str | None = Field(description="When it stops working; null for never.")
    monthlyCredits: int | None = Field(
        description="How many credits its jobs can cost per calendar month (UTC); null for no limit."
    )
    creditsThisMonth: int = Field(description="What its jobs cost this month, with what is reserved.")
    models: Sequence[str] | None = Field(description="The models it can use; null for all.")


class KeyList(Body):
    keys: Sequence[Key]


class KeyMade(Key):
    """A new key."""

    secret: str = Field(description="The key itself, shown only once.")


KeyName = Annotated[
    str,
    Field(  # the pattern is checked by accounts.valid, which has a sentence for it
        min_length=1,
        max_length=MAX_NAME,
        description="Name of the key, for example its purpose.",
        json_schema_extra={"pattern": NAME},
    ),
]


class _KeyLimits(Body):
    model_config = ConfigDict(extra="forbid")

    expiresAt: str | None = Field(
        default=None,
        max_length=40,
        description="When it stops working, in ISO 8601; a date alone is the end of that day in UTC. Null is never.",
    )
    monthlyCredits: int | None = Field(
        default=None,
        ge=0,
        le=MAX_BALANCE,
        strict=True,
        description="How many credits its jobs can cost per calendar month (UTC). Null is no limit.",
    )
    models: list[str] | None = Field(
        default=None, min_length=1, max_length=MAX_MODELS, description="The models it can use. Null is all."
    )


class KeyOrder(_KeyLimits):
    name: KeyName
    test: bool = Field(default=False, description="A test key is free and never uses a paid provider.")
    user: str | None = Field(
        default=None, max_length=320, description="Email address of the owner; for admins. Default: yours."
    )


class KeyChange(_KeyLimits):
    """Only the fields that are sent change."""

    name: KeyName = ""


class Person(Body):
    id: str
    email: str
    role: Role
    createdAt: str


class PersonList(Body):
    people: Sequence[Person]


class PersonOrder(Body):
    model_config = ConfigDict(extra="forbid")

    email: str = Field(min_length=3, max_length=MAX_ADDRESS, json_schema_extra={"pattern": ADDRESS})
    role: Role = Role.MEMBER


class RoleOrder(Body):
    model_config = ConfigDict(extra="forbid")

    role: Role
