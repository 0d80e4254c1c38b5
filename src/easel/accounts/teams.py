"""Teams and their members. Credits belong to teams; keys belong to members."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from easel.accounts.keys import end_sessions, revoke_keys
from easel.accounts.valid import valid_address, valid_name
from easel.db.engine import Transaction
from easel.db.tables import teams, users
from easel.domain import Role
from easel.errors import Conflict, NotFound
from easel.kit.ids import new_id

# Those who were not removed.
MEMBERS = select(*users.c["id", "team_id", "email", "role", "created_at"]).where(users.c.removed_at.is_(None))


@dataclass(frozen=True, slots=True)
class Team:
    """A team and its credits: `balance` is its total, `held` what running jobs may still cost.

    `stored_bytes` and `stored_test_bytes` are the sizes of its files, in live and in test mode.
    """

    id: str
    name: str
    plan: str
    balance: int
    held: int
    job_limit: int
    admitted: int
    stored_bytes: int
    stored_test_bytes: int
    created_at: int

    @property
    def available(self) -> int:
        """Available credits."""
        return self.balance - self.held


@dataclass(frozen=True, slots=True)
class User:
    """One member of one team."""

    id: str
    team_id: str
    email: str
    role: str
    created_at: int


def create_team(tx: Transaction, *, name: str, job_limit: int, now: int) -> str:
    """The id of a new team; raises InvalidRequest for its name."""
    valid_name(name)
    team_id = new_id()
    tx.execute(insert(teams).values(id=team_id, name=name, plan="self-hosted", job_limit=job_limit, created_at=now))
    return team_id


def create_user(tx: Transaction, *, team_id: str, email: str, role: Role, now: int) -> str:
    """The id of a new member; raises InvalidRequest for the address, Conflict when it is taken.

    An address belongs to one member of one team. The error never says which team has it. Who was removed from this
    team is the same member again, with their jobs and without their keys; another team gets a new member.
    """
    valid_address(email)
    former = tx.execute(select(users).where(func.lower(users.c.email) == email.lower())).mappings().first()
    if former and former["removed_at"] is None:
        raise Conflict(
            f"{email} is already on a team here.",
            hint="An address belongs to one team. To move it to this team, ask your administrator.",
        )
    if former and former["team_id"] == team_id:
        again = update(users).where(users.c.id == former["id"])
        tx.execute(again.values(email=email, role=role, removed_at=None))
        return str(former["id"])
    if former:  # addresses are unique: the former member keeps one that nobody can have
        freed = f"{former['email']} (removed, {former['id'][-8:]})"
        tx.execute(update(users).where(users.c.id == former["id"]).values(email=freed))
    user_id = new_id()
    tx.execute(insert(users).values(id=user_id, team_id=team_id, email=email, role=role, created_at=now))
    return user_id


def get_team(connection: Connection, team_id: str) -> Team:
    row = connection.execute(select(teams).where(teams.c.id == team_id)).mappings().first()
    if row is None:
        raise NotFound(f"No team {team_id}.")
    return Team(**row)


def find_team(connection: Connection, name_or_id: str) -> Team:
    """The team with this id or name; raises NotFound, also when several have the name."""
    query = select(teams).where((teams.c.id == name_or_id) | (teams.c.name == name_or_id))
    rows = connection.execute(query).mappings().all()
    if len(rows) != 1:
        raise NotFound(f"{len(rows) or 'No'} teams are called {name_or_id!r}." if rows else f"No team {name_or_id!r}.")
    return Team(**rows[0])


def list_teams(connection: Connection) -> list[Team]:
    return [Team(**row) for row in connection.execute(select(teams).order_by(teams.c.id)).mappings()]


def find_user(connection: Connection, email: str) -> User:
    row = connection.execute(MEMBERS.where(users.c.email == email)).mappings().first()
    if row is None:
        raise NotFound(f"No member has the address {email!r}.")
    return User(**row)


def list_users(connection: Connection, team_id: str) -> list[User]:
    query = MEMBERS.where(users.c.team_id == team_id).order_by(users.c.id)
    return [User(**row) for row in connection.execute(query).mappings()]


def addresses_in(connection: Connection, team_id: str) -> dict[str, str]:
    """The addresses of a team's members by id, with those who were removed: jobs name them."""
    query = select(users.c.id, users.c.email).where(users.c.team_id == team_id)
    return {row.id: row.email for row in connection.execute(query)}


def first_owner(connection: Connection, team_id: str) -> User:
    query = MEMBERS.where(users.c.team_id == team_id, users.c.role == Role.OWNER).order_by(users.c.id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound("The team has no owner.")
    return User(**row)


def set_role(tx: Transaction, user_id: str, role: Role) -> None:
    """Make a member an owner, an admin or a member, and sign them out; raises Conflict for the team's last owner.

    The caller holds the lock on the team's roles: the last owner is determined by counting.
    """
    if role is not Role.OWNER:
        _need_another_owner(tx, user_id)
    tx.execute(update(users).where(users.c.id == user_id).values(role=role))
    end_sessions(tx, user_id)


def remove_user(tx: Transaction, user_id: str, now: int) -> None:
    """Remove a member: their keys are revoked and their sessions end. Their jobs go on, and stay with the team.

    Raises Conflict for the team's last owner. The caller holds the lock on the team's roles.
    """
    _need_another_owner(tx, user_id)
    tx.execute(update(users).where(users.c.id == user_id).values(removed_at=now))
    revoke_keys(tx, user_id)


def _need_another_owner(tx: Transaction, user_id: str) -> None:
    """Raises Conflict when this member is the team's only owner."""
    user = tx.execute(MEMBERS.where(users.c.id == user_id)).mappings().one()
    others = select(func.count()).where(
        users.c.team_id == user["team_id"],
        users.c.role == Role.OWNER,
        users.c.removed_at.is_(None),
        users.c.id != user_id,
    )
    if user["role"] == Role.OWNER and not tx.execute(others).scalar_one():
        raise Conflict("A team needs an owner. Make another member an owner first.", code="last_owner")


def set_job_limit(tx: Transaction, team_id: str, job_limit: int) -> None:
    tx.execute(update(teams).where(teams.c.id == team_id).values(job_limit=job_limit))


def any_team(connection: Connection) -> bool:
    """Whether this installation has been set up."""
    return bool(connection.execute(select(func.count()).select_from(teams)).scalar_one())
