"""What processes that share a database must know of each other. A single process keeps most of it in memory."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, Text

from easel.db.columns import Id, Time, metadata

# Requests of each key in one minute.
request_counts = Table(
    "request_counts",
    metadata,
    Column("key_id", Id, primary_key=True),
    Column("minute", BigInteger, primary_key=True),
    Column("count", Integer, nullable=False),
)

# What is known of each provider account.
limiters = Table(
    "limiters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("tokens", Float, nullable=False),  # pictures that may be asked for now
    Column("filled_at", Time, nullable=False),
    Column("paused_until", Time, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("last_error", Text),
    Column("disabled", Boolean, nullable=False),  # until its operator has seen to it
    Column("round", BigInteger, nullable=False),  # which turn of the teams has come
)

# Jobs that wait at a limiter, whichever process runs them. A place that is not renewed belongs to a dead process.
queue_entries = Table(
    "queue_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("limiter", String(40), nullable=False),
    Column("process_id", Id, nullable=False),
    Column("team_id", Id, nullable=False),
    Column("images", Integer, nullable=False),
    Column("round", BigInteger, nullable=False),  # its team's turn
    Column("joined_at", Time, nullable=False),
    Column("renewed_at", Time, nullable=False),
    Column("granted_at", Time),
    Index(None, "limiter", "round", "joined_at"),
    Index(None, "process_id"),
)

# Processes at work, while they say so.
processes = Table(
    "processes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False),  # host and number
    Column("kind", String(10), nullable=False),  # server, worker, api
    Column("version", String(40), nullable=False),
    Column("started_at", Time, nullable=False),
    Column("seen_at", Time, nullable=False),
)

# What pictures are signed with, when the operator names no certificate: one for the whole installation.
identities = Table(
    "identities",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("chain", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

# One row: which installation this is, and what time its deletions go by (`workflow/installation.py`).
installation = Table(
    "installation",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("id", Id, nullable=False),  # random; the store has it too
    Column("generation", BigInteger, nullable=False),  # how often the store was marked: a backup has an older one
    Column("swept_at", Time),
    Column("trusted_at", Time),
    Column("doubted_at", Time),  # since when the clock is not believed
)
