"""All tables. Times are milliseconds since 1970 in UTC; credits are whole numbers; image bytes are never stored here.

`teams.balance` and `teams.held` are the running sums of the team's ledger, updated in the same transaction, so that one
conditional UPDATE decides whether a job is affordable. `easel doctor` checks that they agree. The same holds for
`teams.stored_bytes` and `stored_test_bytes` and the sizes in `files`. Migration 0010 bounds amounts and sizes.

Two things are kept by triggers, whoever writes: `daily_usage` (migration 0016), and the index of prompts for searching
(0017), which only `jobs.search` reads.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
    text,
)

import easel.db.fleet_tables
import easel.db.mark_tables  # noqa: F401 - the rest of the metadata
from easel.db.columns import Id, Serial, Time
from easel.db.columns import metadata as metadata


def _of_test_mode(name: str, *columns: str) -> Index:
    """For test keys, which see few of many rows; written exactly as `db.scope` writes the condition."""
    return _partial(name, *columns, where="test IS 1")


def _partial(name: str, *columns: str, where: str) -> Index:
    """An index of some rows, on both databases: the migrations create it.

    PostgreSQL's condition is not repeated here: its name alone would import that dialect, 3 MB, into every server.
    """
    return Index(name, *columns, sqlite_where=text(where))


teams = Table(
    "teams",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("plan", String(40), nullable=False),
    Column("balance", BigInteger, nullable=False, server_default="0"),
    Column("held", BigInteger, nullable=False, server_default="0"),
    Column("job_limit", Integer, nullable=False),
    Column("admitted", Integer, nullable=False, server_default="0"),
    # Total size of its files, in live and in test mode.
    Column("stored_bytes", BigInteger, nullable=False, server_default="0"),
    Column("stored_test_bytes", BigInteger, nullable=False, server_default="0"),
    Column("created_at", Time, nullable=False),
    CheckConstraint("held >= 0", name="held_not_negative"),
    CheckConstraint("balance >= held", name="never_overdrawn"),
    CheckConstraint("admitted >= 0", name="admitted_not_negative"),
)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("email", String(320), nullable=False, unique=True),
    Column("role", String(10), nullable=False),
    Column("created_at", Time, nullable=False),
    Column("removed_at", Time),  # no longer a member; the row stays, because jobs and the ledger refer to it
    Index(None, "team_id"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("prefix", String(20), nullable=False),
    # SHA-256 of the whole key: the key is looked up by it, and it signs the webhooks of its jobs
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("test", Boolean, nullable=False),
    Column("state", String(10), nullable=False),  # active, inactive, revoked
    Column("created_at", Time, nullable=False),
    Column("last_used_at", Time),  # to the minute
    Column("role_cap", String(10)),  # the highest role of the key: the role of its creator, if somebody else created it
    Column("expires_at", Time),
    Column("monthly_credits", BigInteger),  # how many its jobs can cost per calendar month, in UTC
    Column("models", JSON(none_as_null=True)),  # the IDs of those it can use; NULL for all
    Index(None, "user_id"),
)

# Studio sessions and one-time sign-in links. Each stands for a key and ends with it.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("kind", String(10), nullable=False),  # session, link
    Column("key_id", Id, ForeignKey("api_keys.id"), nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Index(None, "expires_at"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("key_id", Id, ForeignKey("api_keys.id"), nullable=False),
    Column("test", Boolean, nullable=False),
    # the request
    Column("model", String(80), nullable=False),
    Column("params", JSON, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("inputs", JSON, nullable=False),  # URLs, or keys of files in our store
    Column("fetcher", Id),  # the process that fetches those that are not in our store yet
    Column("request", JSON, nullable=False),  # the request body, data: URLs shortened
    Column("webhook_url", Text),
    Column("webhook_events", JSON),
    Column("webhook_status", String(10)),
    Column(
        "address", String(300), nullable=False, server_default=""
    ),  # base URL of the server, as addressed by the request
    # result and progress
    Column("status", String(10), nullable=False),
    Column("progress", Integer, nullable=False, server_default="0"),
    Column("admitted_at", Time),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("requeues", Integer, nullable=False, server_default="0"),
    Column("provider", String(40)),
    Column("submit_state", String(10), nullable=False, server_default="NONE"),  # NONE, SENDING, SENT
    Column("pending", JSON),
    Column("partials", Integer, nullable=False, server_default="0"),  # partial images shown so far
    Column("delivered", JSON),  # stored images of a provider response that can be read only once
    Column("deadline_at", Time),
    Column("trace", String(55)),  # the traceparent of its request
    Column("brief", JSON),  # what the provider understood of the prompt, if available
    # the outcome
    Column("quoted", Integer, nullable=False),
    Column("partial_credits", Integer, nullable=False, server_default="0"),  # of `quoted`, for each partial image
    Column("credit_cost", Integer, nullable=False),
    Column("error", Text),
    Column("error_code", String(60)),
    Column("warnings", JSON, nullable=False),
    Column("expired", Boolean, nullable=False, server_default=text("false")),
    Column("deleted_at", Time),
    Column("file_token", String(40), nullable=False),
    Column("created_at", Time, nullable=False),
    Column("started_at", Time),
    Column("completed_at", Time),
    # Each list walks along one of these indexes from the newest row on. Without them a filtered list would read rows
    # until it has enough, and all rows when nothing matches.
    Index(None, "team_id", "id"),
    Index(None, "user_id", "id"),
    Index(None, "team_id", "status", "id"),
    Index(None, "user_id", "status", "id"),
    Index(None, "team_id", "model", "id"),
    Index(None, "user_id", "model", "id"),
    # The team's queue, and the jobs a worker must run: both indexes stay as small as the current work.
    _partial("ix_jobs_waiting", "team_id", "id", where="status = 'QUEUED' AND admitted_at IS NULL"),
    _partial("ix_jobs_active", "admitted_at", where="status IN ('QUEUED', 'PROCESSING')"),
    _of_test_mode("ix_jobs_test_team", "team_id", "id"),
    _of_test_mode("ix_jobs_test_user", "user_id", "id"),
)

# Written exactly as in the partial indexes: SQLite uses them only for conditions without parameters.
is_active = jobs.c.status.in_([literal_column("'QUEUED'"), literal_column("'PROCESSING'")])
is_waiting = and_(jobs.c.status == literal_column("'QUEUED'"), jobs.c.admitted_at.is_(None))

ledger = Table(
    "ledger",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("job_id", Id, ForeignKey("jobs.id")),
    Column("kind", String(10), nullable=False),  # grant, hold, settle, release
    Column("amount", BigInteger, nullable=False),  # change of the balance
    Column("held", BigInteger, nullable=False),  # change of the reserved credits
    Column("note", String(500), nullable=False, server_default=""),
    Column("created_at", Time, nullable=False),
    UniqueConstraint("job_id", "kind"),
    Index(None, "team_id", "id"),
    # Few rows; their sum is everything ever granted in the installation.
    _partial("ix_ledger_grants", "amount", where="kind = 'grant'"),
)

# The sums of settled entries by day, model and key, so that usage is read without reading the entries.
daily_usage = Table(
    "daily_usage",
    metadata,
    Column("team_id", Id, ForeignKey("teams.id"), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),  # counts from 1970, in UTC
    Column("model", String(80), primary_key=True),
    Column("key_id", Id, ForeignKey("api_keys.id"), primary_key=True),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("credits", BigInteger, nullable=False),
    Column("jobs", Integer, nullable=False),
    Index("ix_daily_usage_of_user", "team_id", "user_id", "day", "model", "key_id"),  # in the order in which it is read
)

# Each provider call, also unsuccessful ones. A job has at most one open call.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("job_id", Id, ForeignKey("jobs.id"), nullable=False),
    Column("provider", String(40), nullable=False),
    Column("outcome", String(20), nullable=False),  # sending, generating, generated, or the failure
    Column("paid", String(10), nullable=False),  # no, yes, unknown
    Column("upstream_id", String(200)),
    Column("status", Integer),
    Column("code", String(120)),
    Column("request_id", String(200)),
    Column("detail", Text),
    Column("calls", Integer, nullable=False, server_default=text("1")),  # of one kind, of which nothing was started
    Column("usage", JSON),
    Column("started_at", Time, nullable=False),
    Column("ended_at", Time),
    Index(None, "job_id"),
    Index(None, "provider", "ended_at"),
)

# Secrets that sign a team's webhooks beside the API key: the current one, and temporarily the previous ones.
webhook_secrets = Table(
    "webhook_secrets",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("secret", String(80), nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time),
    Index(None, "team_id"),
)

# Events, written in the transaction of their cause. The number is the order in which they became visible.
events = Table(
    "events",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("job_id", Id, ForeignKey("jobs.id")),
    Column("kind", String(10), nullable=False),  # completed, failed, cancelled
    Column("body", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("user_id", Id),
    Column("test", Boolean, nullable=False, server_default=text("false")),
    Index(None, "team_id", "number"),
    Index(None, "user_id", "number"),
    _of_test_mode("ix_events_test", "team_id", "number"),
    Index(None, "job_id"),
    Index(None, "created_at"),
)

# One message to one endpoint. The id is the event's, the same in every attempt.
deliveries = Table(
    "deliveries",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("job_id", Id, ForeignKey("jobs.id")),
    Column("key_id", Id, ForeignKey("api_keys.id"), nullable=False),  # its digest signs the message
    Column("kind", String(10), nullable=False),  # completed, failed, progress, test
    Column("url", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(10), nullable=False),  # pending, delivered, failed, dropped
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("due_at", Time),
    Column("created_at", Time, nullable=False),
    Column("ended_at", Time),
    Column("user_id", Id),
    Column("test", Boolean, nullable=False, server_default=text("false")),
    Index(None, "team_id", "id"),
    Index(None, "user_id", "id"),
    _of_test_mode("ix_deliveries_test", "team_id", "id"),
    Index(None, "team_id", "state", "id"),
    Index(None, "job_id"),
    Index(None, "created_at"),
    _partial("ix_deliveries_due", "due_at", where="state = 'pending'"),
    # Teams with pending messages, and the next message of each; with the state, so that the rows need not be read.
    _partial("ix_deliveries_next", "team_id", "test", "due_at", "number", "state", where="state = 'pending'"),
)
is_pending = deliveries.c.state == literal_column("'pending'")

delivery_attempts = Table(
    "delivery_attempts",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("delivery_id", Id, ForeignKey("deliveries.id"), nullable=False),
    Column("started_at", Time, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("status", Integer),
    Column("error", String(300)),
    Column("answer", Text),  # first KB of the response
    Index(None, "delivery_id"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("team_id", Id, ForeignKey("teams.id"), primary_key=True),
    Column("test", Boolean, primary_key=True, server_default=text("false")),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("job_id", Id, nullable=False),
    Column("created_at", Time, nullable=False),
    Index(None, "created_at"),
)

files = Table(
    "files",
    metadata,
    Column("name", String(80), primary_key=True),  # <jobId>-<n>.<ext>, <jobId>-in<n>.<ext>, <uploadId>.<ext>
    Column("token", String(40), nullable=False),
    Column("kind", String(10), nullable=False),  # output, input, upload
    Column("team_id", Id, ForeignKey("teams.id"), nullable=False),
    Column("job_id", Id, ForeignKey("jobs.id")),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("key", String(200), nullable=False),  # key in the object store; never a URL
    Column("media_type", String(40), nullable=False),
    Column("byte_size", BigInteger, nullable=False),
    Column("etag", String(80), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("user_id", Id),  # unknown for uploads of older versions: visible to admins of the team
    Column("test", Boolean, nullable=False, server_default=text("false")),
    Index(None, "job_id"),
    Index(None, "expires_at"),
)
