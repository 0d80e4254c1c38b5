"""Builds each object of one process once, connects them, and runs them.

With `app.py`, `worker.py` and `cli`, the only file that knows every class.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import structlog
from filelock import FileLock, Timeout

from easel.catalog import Catalog
from easel.config import Settings
from easel.db.engine import Database
from easel.errors import StorageUnavailable
from easel.imaging import Imaging
from easel.jobs.live import poll_for_ever
from easel.kit.clock import Clock
from easel.kit.fetch import Fetcher
from easel.kit.memory import MEGABYTE
from easel.kit.resolve import Resolver
from easel.kit.settings import explained
from easel.kit.slots import Slots
from easel.kit.tasks import end_tasks
from easel.ops.first_start import FirstStart, bootstrap
from easel.ops.heartbeat import run_heartbeat, sign_off, watchdog
from easel.ops.installation import bind
from easel.ops.signing_identity import share_identity
from easel.ops.sweep import sweep_for_ever
from easel.pipeline.fetch_inputs import resume_fetching
from easel.pipeline.run import run_job
from easel.providers import Provider
from easel.providers.build import build_providers
from easel.providers.sketch import Sketch
from easel.providers.test_mode import SimulatedProvider
from easel.runtime import runtime_of
from easel.runtime.embedded.notifier import team_channel
from easel.runtime.limits import RequestLimits
from easel.runtime.poller import Poller
from easel.runtime.process import Process
from easel.runtime.readiness import Readiness
from easel.services import Services
from easel.storage import Storage
from easel.storage.bucket import BucketStorage
from easel.storage.folder import FolderStorage
from easel.storage.held import LOCK, HeldAnswers, gather_answers
from easel.telemetry import Telemetry
from easel.webhooks.delivery import dispatch_for_ever

log = structlog.get_logger()

FILES = "files"  # the folder of the images in the data folder
PREDECESSOR_SECONDS = 10.0  # that a process may need to end beside draining its requests and its jobs
STORE_PATIENCE = 15.0  # seconds to wait at the start for a store that does not respond


class DataInUse(Exception):
    """The data folder is unusable: another process uses it, or it is not writable."""


def open_storage(settings: Settings) -> Storage:
    """Where images are stored: the configured bucket; by default a folder in the data folder."""
    return BucketStorage(settings) if settings.storage_url else FolderStorage(settings.data / FILES)


def spool_folder(settings: Settings, number: int = 1) -> Path:
    """Where provider responses arrive. Responses that can be read only once are kept until their job has ended.

    Each process of a command has its own, by its number.
    """
    spool = settings.data / "spool"
    return spool if number == 1 else spool / str(number)


def identity_folder(settings: Settings) -> Path:
    """Where this process keeps the key and certificate that sign images."""
    return settings.data / "provenance"


def require_writable(settings: Settings) -> None:
    """Create the data folder. Raises OSError for what could not be written there later, as after a run as root."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    parts = (spool_folder(settings), identity_folder(settings), settings.data / FILES)
    for folder in (settings.data, *(part for part in parts if part.exists())):
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(b"easel")
    if (database := settings.data / "easel.db").exists():
        with database.open("r+b"):
            pass


@contextlib.contextmanager
def sole_owner(settings: Settings) -> Iterator[None]:
    """Lock the data folder: two processes that both run its jobs would generate their images twice.

    On PostgreSQL jobs are in the database, and processes share them.
    """
    data, lock = settings.data, FileLock(settings.data / "easel.lock")
    try:
        require_writable(settings)
        if not settings.database_url:
            lock.acquire(timeout=0)
        gather_answers(spool_folder(settings), after=settings.workers)
    except Timeout as error:
        raise DataInUse(f"Another easel process uses {data}.") from error
    except OSError as error:
        raise DataInUse(f"EASEL_DATA is {data}, which is not writable. {explained(error)}") from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def own_spool(settings: Settings, number: int) -> Iterator[None]:
    """Lock the spool of one of several processes; waits for one that had this number and still drains.

    Raises DataInUse.
    """
    folder = spool_folder(settings, number)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=2 * settings.drain_seconds + PREDECESSOR_SECONDS):
            yield
    except Timeout as error:
        raise DataInUse(f"Another easel process uses {folder}.") from error


def build_services(
    settings: Settings,
    db: Database,
    *,
    provider: Provider | None = None,
    process: Process | None = None,
    clock: Clock | None = None,
) -> Services:
    """The services of one process. `provider` stands in for all of them, in tests and benchmarks, as does `clock`."""
    process = process or Process()
    runtime = runtime_of(db)
    clock = clock or runtime.clock()
    notifier = runtime.notifier(clock)
    spool = spool_folder(settings, process.number)
    providers = {provider.name: provider} if provider else build_providers(settings, spool, settings.proxies)
    storage = open_storage(settings)
    catalog = Catalog.load()
    limiter = partial(runtime.limiter, notifier=notifier, clock=clock, process=process)
    return Services(
        settings=settings,
        clock=clock,
        db=db,
        storage=storage,
        catalog=catalog,
        imaging=Imaging(settings, identity_folder(settings)),
        fetcher=Fetcher(
            settings.networks,
            resolver=build_resolver(settings),
            contact=settings.public_url,
            proxies=settings.proxies,
        ),
        providers=providers,
        runtime=runtime,
        limiters={name: limiter(name, item.images_per_minute) for name, item in providers.items()},
        model_limiters={
            (name, card.id): limiter(f"{name} {card.id}", None)
            for name, item in providers.items()
            for card in catalog
            if item.kind in card.providers and not item.repeatable
        },
        test_provider=SimulatedProvider(provider or Sketch(settings)),  # a test key never uses a paid provider
        queue=runtime.queue(at_once=settings.jobs_at_once, works=process.works),
        held=HeldAnswers(spool),
        readiness=build_readiness(
            settings,
            db,
            storage,
            clock,
            costs=any(not one.repeatable for one in providers.values()),
            works=process.works,
        ),
        notifier=notifier,
        job_poller=Poller(clock),
        event_poller=Poller(clock, lambda scope: team_channel(scope.team_id)),
        process=process,
        telemetry=Telemetry(settings, kind=process.kind, instance=process.id),
        image_slots=image_slots(settings),
        unstored=image_slots(settings),
        partial_slots=image_slots(settings),
        limits=RequestLimits.of(settings),
    )


def image_slots(settings: Settings) -> Slots:
    """Limits the images in memory. One team uses half at most, so other teams never wait for it."""
    most = settings.pictures_in_memory
    return Slots(most, each=max(1, most // 2))


def build_readiness(
    settings: Settings,
    db: Database,
    storage: Storage,
    clock: Clock,
    *,
    costs: bool,
    works: bool = True,
    probe: int = 0,
) -> Readiness:
    """Checks whether a provider's response could be stored; keeps disk space free for paid providers."""
    reserve = settings.keep_free_megabytes * MEGABYTE if costs else 0
    return Readiness(db, storage, spool_folder(settings) if works else None, clock, reserve=reserve, probe=probe)


def build_resolver(settings: Settings) -> Resolver:
    """Resolves host names from requests."""
    return Resolver(most=settings.lookups, each=settings.lookups_per_team, seconds=settings.lookup_seconds)


async def make_ready(settings: Settings, services: Services) -> FirstStart | None:
    """One-time setup that every process checks before it starts; returns what a first start has created."""
    await services.db.migrate()
    await services.queue.prepare()
    await services.clock.sync()
    make, now = services.runtime.shared, services.clock.now()
    await share_identity(services.db, settings, identity_folder(settings), now=now, make=make)
    await see_store(services)
    return await bootstrap(services.db, services.clock, settings)


async def see_store(services: Services) -> None:
    """Whether the store belongs to this database. If not, files are still served and a warning is logged.

    Raises DataInUse for a store that only the operator can open.
    """
    try:
        async with asyncio.timeout(STORE_PATIENCE):
            problem = await bind(services.db, services.storage)
    except (StorageUnavailable, TimeoutError) as error:  # the sweep checks again before it deletes anything
        if isinstance(error, StorageUnavailable) and error.rejected:
            raise DataInUse(f"EASEL_STORAGE_URL: {error.message} {error.reason}") from error
        reason = getattr(error, "reason", None)
        log.warning(
            "the store cannot be checked yet", why=" ".join(filter(None, (str(error), reason))) or "no response"
        )
        return
    if problem:
        log.error("database and store do not belong together", why=problem)


@contextlib.asynccontextmanager
async def at_work(services: Services, *, drain_seconds: float) -> AsyncIterator[None]:
    """Run jobs, sweep and deliver webhooks, if the process is configured for it, until the block ends; then drain."""
    async with contextlib.AsyncExitStack() as ends:  # in reverse order; each runs even if another fails
        ends.push_async_callback(services.telemetry.tracing.close)
        ends.callback(services.readiness.close)
        ends.callback(services.imaging.close)
        for provider in (services.test_provider, *services.providers.values()):
            ends.push_async_callback(provider.close)
        ends.push_async_callback(services.fetcher.close)
        ends.push_async_callback(services.background.close)
        ends.push_async_callback(services.limits.fetching.close)
        await services.notifier.start()
        ends.push_async_callback(services.notifier.stop)
        for limiter in (*services.limiters.values(), *services.model_limiters.values()):
            await limiter.start()
            ends.push_async_callback(limiter.stop)
        await services.queue.start(lambda job_id: run_job(services, job_id))
        for job_id in services.held.jobs():  # nobody else can go on with these
            services.queue.take_up(job_id)
        await resume_fetching(services)
        heartbeat = asyncio.create_task(run_heartbeat(services), name="heartbeat")
        tasks = [asyncio.create_task(poll_for_ever(services), name="pollers")]
        if services.process.works:
            tasks.append(asyncio.create_task(sweep_for_ever(services), name="sweep"))
            tasks.append(asyncio.create_task(dispatch_for_ever(services), name="dispatch"))
        ends.push_async_callback(sign_off, services)
        ends.push_async_callback(lambda: asyncio.gather(heartbeat, return_exceptions=True))
        ends.push_async_callback(end_tasks, *tasks)
        ends.push_async_callback(services.queue.stop, drain_seconds)
        ends.callback(services.notifier.close)
        yield


@contextlib.asynccontextmanager
async def guarded(services: Services) -> AsyncIterator[None]:
    """End this process after a pause so long that other processes may have taken its jobs."""
    if not (services.process.works and services.runtime.shared):
        yield
        return
    pulse = asyncio.create_task(watchdog(services.clock), name="pulse")
    try:
        yield
    finally:
        pulse.cancel()
