"""Searching prompts for a piece of text: the newest jobs are read, and an index of trigrams leads to older ones.

A frequent text is found among the newest jobs, and the index has few jobs with a rare one: together the time depends
neither on the number of jobs nor on where the matches are. Migration 0017 describes the index.
"""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    String,
    bindparam,
    literal_column,
    select,
    text,
    union_all,
)

from easel.db.columns import Id
from easel.db.scope import within
from easel.db.tables import is_active, jobs
from easel.domain import Scope

NEWEST = 400  # jobs that are read before the index is asked
GRAM, OWNER = 3, 4  # characters of a trigram, and of an owner's id
HAS_TRIGRAMS = "jobs.rowid IN (SELECT rowid FROM job_prompts WHERE job_prompts MATCH :grams)"
# The index of PostgreSQL may be missing; and it knows only letters and digits, as the database understands them.
CAN_FIND = text("SELECT to_regclass('ix_jobs_prompt') IS NOT NULL AND :words ~ '[[:alnum:]]{3}'")

prompt = jobs.c.request["prompt"].as_string()
prompt_in_index = literal_column("jobs.request ->> 'prompt'", String)  # spelled as in the index
is_there = jobs.c.deleted_at.is_(None)


def search_jobs(
    connection: Connection, scope: Scope, words: str, conditions: Sequence[ColumnElement[bool]], *, limit: int
) -> list[RowMapping]:
    """The newest jobs of a scope, under more conditions, whose prompts contain the words in any case."""
    # PostgreSQL plans well only if it knows the owner; a plan made for anybody would read all that a large team has.
    owner = partial(bindparam, None, literal_execute=True, type_=Id)
    owned = select(jobs.c.id).where(within(jobs, scope, owner), *conditions)
    oldest = connection.execute(owned.order_by(jobs.c.id.desc()).offset(NEWEST).limit(1)).scalar_one_or_none()
    newest = owned if oldest is None else owned.where(jobs.c.id > oldest)
    found = list(connection.execute(_page(_read(newest, words), limit)).mappings())
    if oldest is not None and len(found) < limit:
        older = owned.where(jobs.c.id <= oldest)
        indexed = _by_fts5 if connection.dialect.name == "sqlite" else _by_pg_trgm
        found += connection.execute(_page(indexed(connection, scope, older, words), limit - len(found))).mappings()
    return found


def _page(query: Select[tuple[str]], limit: int) -> Select[tuple[str]]:
    return query.with_only_columns(*jobs.c).order_by(jobs.c.id.desc()).limit(limit)


def _read(query: Select[tuple[str]], words: str) -> Select[tuple[str]]:
    """By reading one prompt after the other."""
    return query.where(is_there, prompt.icontains(words, autoescape=True))


def _by_fts5(_connection: Connection, scope: Scope, query: Select[tuple[str]], words: str) -> Select[tuple[str]]:
    reading = _read(query, words)
    if len(words.casefold()) < GRAM:
        return reading
    grams = _grams(words) | _grams((scope.user_id or scope.team_id)[-OWNER:])
    quoted = " ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
    # It is not to go through all jobs of the owner instead.
    return reading.where(text(HAS_TRIGRAMS).bindparams(grams=quoted)).with_hint(jobs, "NOT INDEXED", "sqlite")


def _grams(words: str) -> set[str]:
    words = words.casefold()
    return {words[start : start + GRAM] for start in range(len(words) - GRAM + 1)}


def _by_pg_trgm(connection: Connection, _scope: Scope, query: Select[tuple[str]], words: str) -> Select[tuple[str]]:
    """Finished jobs by the index, and active ones, which it does not hold, by reading."""
    if not connection.execute(CAN_FIND, {"words": words}).scalar_one():
        return _read(query, words)
    finished = query.where(~is_active, is_there, prompt_in_index.icontains(words, autoescape=True))
    # On its own, so that its order is no reason to go through all jobs of the owner instead.
    ids = union_all(finished, _read(query.where(is_active), words)).cte("matching").prefix_with("MATERIALIZED")
    return select(jobs.c.id).where(jobs.c.id.in_(select(ids.c.id)))
