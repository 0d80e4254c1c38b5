"""Tables that processes with a shared database coordinate through. A single process keeps most of it in memory."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, Text

from easel.db.columns import Id, Time, metadata

# Requests per key and minute.
request_counts = Table(
    "request_counts",
    metadata,
    Column("key_id", Id, primary_key=True),
    Column("minute", BigInteger, primary_key=True),
    Column("count", Integer, nullable=False),
)

# The state of each provider account, and of each of its models.
limiters = Table(
    "limiters",
    metadata,
    Column("name", String(160), primary_key=True),
    Column("tokens", Float, nullable=False),  # images that may be requested now
    Column("filled_at", Time, nullable=False),
    Column("paused_until", Time, nullable=False),
    Column("failures", Integer, nullable=False),  # consecutive failures
    Column("last_error", Text),
    Column("disabled", Boolean, nullable=False),  # until the operator has fixed it
    Column("round", BigInteger, nullable=False),  # current round of the fair queue
)

# Jobs that wait at a limiter, of all processes. An entry that is not renewed belongs to a dead process.
queue_entries = Table(
    "queue_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("limiter", String(160), nullable=False),
    Column("process_id", Id, nullable=False),
    Column("team_id", Id, nullable=False),
    Column("images", Integer, nullable=False),
    Column("round", BigInteger, nullable=False),  # the round of its team
    Column("joined_at", Time, nullable=False),
    Column("renewed_at", Time, nullable=False),
    Column("granted_at", Time),
    Index(None, "limiter", "round", "joined_at"),
    Index(None, "process_id"),
)

# Running processes, by their heartbeat.
processes = Table(
    "processes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False),  # host and process id
    Column("kind", String(10), nullable=False),  # server, worker, api
    Column("version", String(40), nullable=False),
    Column("started_at", Time, nullable=False),
    Column("seen_at", Time, nullable=False),
)

# The key and certificate that sign images, unless the operator sets one: one pair per installation.
identities = Table(
    "identities",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("chain", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

# One row: the id of the installation and the trusted time of deletions (`ops/installation.py`).
installation = Table(
    "installation",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("id", Id, nullable=False),  # random; also written to the store
    Column(
        "generation", BigInteger, nullable=False
    ),  # how often the store was marked: an older backup has a lower number
    Column("swept_at", Time),
    Column("trusted_at", Time),
    Column("doubted_at", Time),  # since when the clock is not trusted
)
