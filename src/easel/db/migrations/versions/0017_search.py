"""An index of all prompts by their trigrams, so that a search reads none that cannot match. See `easel.jobs.search`."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

# Finished jobs only, whose rows change seldom: on PostgreSQL every change of a row is a new entry in its indexes.
ON_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_jobs_prompt ON jobs USING gin ((request ->> 'prompt') gin_trgm_ops) "
    "WITH (gin_pending_list_limit = 256) "
    "WHERE status NOT IN ('QUEUED', 'PROCESSING') AND deleted_at IS NULL",
)
# No text is kept, only which trigrams a job has. Its owners are among them, so that nobody reads through the jobs of
# others; `lower` is Easel's own. Rows of jobs are never deleted, so that each keeps its rowid, whatever VACUUM does.
WORDS = (
    "substr({0}.user_id, -4) || char(10) || substr({0}.team_id, -4) || char(10) || "
    "lower(coalesce(json_extract({0}.request, '$.prompt'), ''))"
)
ON_SQLITE = (
    "CREATE VIRTUAL TABLE job_prompts "
    "USING fts5(words, content = '', detail = 'none', columnsize = 0, tokenize = 'trigram')",
    "INSERT INTO job_prompts (rowid, words) "  # noqa: S608 - constants
    f"SELECT rowid, {WORDS.format('jobs')} FROM jobs WHERE deleted_at IS NULL",
    "CREATE TRIGGER jobs_search_insert AFTER INSERT ON jobs "  # noqa: S608 - constants
    f"BEGIN INSERT INTO job_prompts (rowid, words) VALUES (NEW.rowid, {WORDS.format('NEW')}); END",
    "CREATE TRIGGER jobs_search_delete AFTER UPDATE OF deleted_at ON jobs "  # noqa: S608 - constants
    "WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL "
    "BEGIN INSERT INTO job_prompts (job_prompts, rowid, words) "
    f"VALUES ('delete', OLD.rowid, {WORDS.format('OLD')}); END",
)

log = logging.getLogger(__name__)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _on_postgres()
    else:
        for statement in ON_SQLITE:
            op.get_bind().exec_driver_sql(statement)


def _on_postgres() -> None:
    """Without the extension, or the right to have it, searches work and read every prompt."""
    try:
        with op.get_bind().begin_nested():
            for statement in ON_POSTGRES:
                op.execute(sa.text(statement))
    except sa.exc.DBAPIError as error:
        log.warning("prompts are not indexed, so searches in many jobs are slow: %s", error.orig)
