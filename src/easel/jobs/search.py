"""Searching prompts for a piece of text: the newest jobs are read, and an index of trigrams leads to older ones.

A frequent text is found among the newest jobs, and the index has few jobs with a rare one, so that the time hardly
depends on how many jobs there are. Migration 0017 describes the index.
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Text,
    bindparam,
    collate,
    literal,
    literal_column,
    select,
    text,
    true,
    union_all,
)

from easel.db.columns import Id
from easel.db.scope import within
from easel.db.tables import is_active, jobs
from easel.domain import Scope

# Jobs that are read before the index is asked; the second time, if there was something to find among the first.
NEWEST = (200, 4_000)
GRAM, OWNER = 3, 4  # characters of a trigram, and of an owner's id
MAX_GRAMS = 64  # FTS5 takes 256 at the most
HAS_TRIGRAMS = "jobs.rowid IN (SELECT rowid FROM job_prompts WHERE job_prompts MATCH :grams)"
# The index of PostgreSQL may be missing; and it knows only letters and digits, as the database understands them.
CAN_FIND = text("SELECT to_regclass('ix_jobs_prompt') IS NOT NULL AND :words ~ '[[:alnum:]]{3}'")

prompt = jobs.c.request["prompt"].as_string()
prompt_in_index = literal_column("(jobs.request ->> 'prompt')", Text)  # spelled as in the index
is_there = jobs.c.deleted_at.is_(None)


def search_jobs(
    connection: Connection, scope: Scope, words: str, conditions: Sequence[ColumnElement[bool]], *, limit: int
) -> list[RowMapping]:
    """The newest jobs of a scope, under more conditions, whose prompts contain the words in any case."""
    found: list[RowMapping] = []
    for count in NEWEST:
        search = _Search(scope, words, conditions)
        oldest = connection.execute(search.edge(count)).scalar_one_or_none()
        newest = search.by_reading if oldest is None else search.by_reading.where(jobs.c.id > oldest)
        found += connection.execute(_page(newest, limit - len(found))).mappings()
        if oldest is None or len(found) == limit:
            return found
        conditions = [*conditions, jobs.c.id <= oldest]
        if not found:
            break
    older = _Search(scope, words, conditions)
    query = older.by_fts5() if connection.dialect.name == "sqlite" else older.by_pg_trgm(connection)
    return [*found, *connection.execute(_page(query, limit - len(found))).mappings()]


def _page(query: Select[tuple[str]], limit: int) -> Select[tuple[str]]:
    return query.with_only_columns(*jobs.c).order_by(jobs.c.id.desc()).limit(limit)


class _Search:
    """The ways to find the same jobs, as queries for their ids."""

    def __init__(self, scope: Scope, words: str, conditions: Sequence[ColumnElement[bool]]) -> None:
        self._scope, self._words = scope, words
        self._some = select(jobs.c.id).where(*conditions)

    def edge(self, count: int) -> Select[tuple[str]]:
        """The job after so many of the newest, whatever their prompts; found in an index alone."""
        scope = self._scope
        owner = jobs.c.team_id == _spelled(scope.team_id)
        if scope.user_id is not None:
            owner = jobs.c.user_id == _spelled(scope.user_id)
        if scope.test_only:
            owner &= jobs.c.test.is_(true())
        return self._some.where(owner).order_by(jobs.c.id.desc()).offset(count).limit(1)

    @property
    def by_reading(self) -> Select[tuple[str]]:
        """One prompt after the other."""
        return self._matching(self._some.where(within(jobs, self._scope, _spelled)))

    def by_fts5(self) -> Select[tuple[str]]:
        """Those that have all trigrams of the words."""
        if not (grams := _grams(self._words)):
            return self.by_reading
        rarest = sorted(grams)[-MAX_GRAMS:]  # letters of ASCII come first, and are the most frequent
        wanted = {*rarest, *_grams((self._scope.user_id or self._scope.team_id)[-OWNER:])}
        quoted = " ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(wanted))
        owned = self._some.where(within(jobs, self._scope, _without_index))
        return self._matching(owned.where(text(HAS_TRIGRAMS).bindparams(grams=quoted)))

    def by_pg_trgm(self, connection: Connection) -> Select[tuple[str]]:
        """Finished jobs by the index, and active ones, which it does not hold, by reading."""
        if not connection.execute(CAN_FIND, {"words": self._words}).scalar_one():
            return self.by_reading
        owned = self._some.where(within(jobs, self._scope, _spelled))
        finished = owned.where(~is_active, is_there, prompt_in_index.icontains(self._words, autoescape=True))
        # On its own, so that its order is no reason to go through all jobs of the owner instead.
        ids = union_all(finished, self.by_reading.where(is_active)).cte("matching").prefix_with("MATERIALIZED")
        return select(jobs.c.id).where(jobs.c.id.in_(select(ids.c.id)))

    def _matching(self, query: Select[tuple[str]]) -> Select[tuple[str]]:
        return query.where(is_there, prompt.icontains(self._words, autoescape=True))


def _grams(words: str) -> set[str]:
    words = words.casefold()
    return {words[start : start + GRAM] for start in range(len(words) - GRAM + 1)}


def _spelled(owner_id: str) -> ColumnElement[str]:
    """PostgreSQL plans well only if it knows the owner; a plan made for anybody would read all of a large team."""
    return bindparam(None, owner_id, literal_execute=True, type_=Id)


def _without_index(owner_id: str) -> ColumnElement[str]:
    """So compared, no index of the jobs serves: SQLite would go through all jobs of the owner instead."""
    return collate(literal(owner_id), "NOCASE")
