"""How much the requests of strangers may take at once, for everybody together and for each team.

Whatever waits for a network, or is made on the way to a reader, has its own limit here. `Services.image_slots` is for
images that a processor works on.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from pydantic import Field

from easel.errors import Unavailable
from easel.kit.settings import SettingsModel
from easel.kit.slots import Full, Slots
from easel.kit.tasks import SharedTasks

MANY = 1_000_000  # no limit for all together: another one holds


class LimitSettings(SettingsModel):
    input_fetches: int = Field(default=32, ge=1)
    """Input images that one process fetches at once."""
    input_fetches_per_team: int = Field(default=4, ge=1)
    """Input images that it fetches at once for one team; test jobs have their own limit."""
    inputs_seconds: int = Field(default=120, ge=1)
    """Maximum seconds for fetching one input image, retries included."""
    decodes_per_team: int = Field(default=1, ge=1)
    """Input images and uploads of one team decoded at once per process; test jobs have their own limit."""
    decodes_waiting: int = Field(default=16, ge=1)
    """Uploads and data: URLs of one team that may be queued for decoding; more are refused."""
    lookups: int = Field(default=16, ge=1)
    """Concurrent DNS look-ups of input and webhook hosts in one process."""
    lookups_per_team: int = Field(default=4, ge=1)
    """Concurrent DNS look-ups for one team; test jobs have their own limit."""
    lookup_seconds: float = Field(default=3.0, gt=0)
    """Timeout of such a look-up in seconds."""
    copies_waiting: int = Field(default=512, ge=1)
    """Previews and converted copies that may be queued; they are created one after the other."""
    copies_waiting_per_team: int = Field(default=128, ge=1)
    """Previews and converted copies of one team that may be queued."""
    archives: int = Field(default=8, ge=1)
    """Archives that one process sends at once."""
    archives_per_team: int = Field(default=2, ge=1)
    """Archives that it sends at once to one team."""
    max_archive_megabytes: int = Field(default=1000, ge=1)
    """Maximum size of one archive."""


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """The slots of one process.

    `decodes` are taken before one of the `image_slots`: of those that wait for a thread, one is of a team.
    A copy first takes one of `copies`, or is refused; then its team's turn, one at a time; then the `copier`. So teams
    take turns, however many copies one of them waits for. `copying` has those that are being made, by key;
    `fetching` has the jobs whose inputs are fetched.
    `public_looks` are at files' addresses, which need no key: those with one have the other database connections.
    """

    settings: LimitSettings = field(default_factory=LimitSettings)
    fetches: Slots = field(default_factory=lambda: Slots(32, each=4))
    decodes: Slots = field(default_factory=lambda: Slots(MANY, each=1))
    callers_decodes: Slots = field(default_factory=lambda: Slots(MANY, each=16))
    archives: Slots = field(default_factory=lambda: Slots(8, each=2))
    copies: Slots = field(default_factory=lambda: Slots(512, each=128))
    copies_of_a_team: Slots = field(default_factory=lambda: Slots(MANY, each=1))
    copier: Slots = field(default_factory=lambda: Slots(1))
    public_looks: Slots = field(default_factory=lambda: Slots(2))
    copying: SharedTasks = field(default_factory=SharedTasks)
    fetching: SharedTasks = field(default_factory=SharedTasks)

    @classmethod
    def of(cls, settings: LimitSettings) -> "RequestLimits":
        return cls(
            settings=settings,
            fetches=Slots(settings.input_fetches, each=settings.input_fetches_per_team),
            decodes=Slots(MANY, each=settings.decodes_per_team),
            callers_decodes=Slots(MANY, each=settings.decodes_waiting),
            archives=Slots(settings.archives, each=settings.archives_per_team),
            copies=Slots(settings.copies_waiting, each=settings.copies_waiting_per_team),
        )


@asynccontextmanager
async def turn_to_decode(limits: RequestLimits, team_id: str, *, test: bool) -> AsyncIterator[None]:
    """Wait for a caller's turn to have an image read; raises Unavailable when too many of theirs wait."""
    who = share(team_id, test=test)
    with held(limits.callers_decodes, who, "Too many of this team's images wait to be read."):
        async with limits.decodes.wait(who):
            yield


@contextmanager
def held(slots: Slots, who: str, sentence: str) -> Iterator[None]:
    """A slot for as long as the block lasts; raises Unavailable with the sentence when there is none."""
    with ExitStack() as stack:
        try:
            stack.enter_context(slots.hold(who))
        except Full as error:
            raise Unavailable(sentence, hint="Try again in a few seconds.", retry_after=5) from error
        yield


def share(team_id: str, *, test: bool) -> str:
    """Whose share of the slots something takes: a team's test jobs do not hold up its live ones."""
    return f"{team_id} test" if test else team_id
