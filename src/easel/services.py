"""The objects that the pipeline and the API share, built once per process."""

import contextlib
import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import Field, field_validator

from easel.accounts.last_used import LastUsed
from easel.catalog import Catalog
from easel.db.engine import Database
from easel.domain import Scope
from easel.files.retention import RetentionSettings
from easel.imaging import Imaging
from easel.jobs.progress import Change
from easel.kit.clock import Clock
from easel.kit.fetch import Fetcher
from easel.kit.networks import IpNetwork
from easel.kit.origin import PUBLIC_URL, origin_of
from easel.kit.settings import SettingsModel, Words
from easel.kit.slots import Slots
from easel.kit.tasks import Background
from easel.providers import Provider
from easel.runtime.base import JobQueue, Runtime
from easel.runtime.embedded.limiter import ProviderLimiter
from easel.runtime.embedded.notifier import Notifier
from easel.runtime.limits import LimitSettings, RequestLimits
from easel.runtime.poller import Poller
from easel.runtime.process import Process
from easel.runtime.readiness import Readiness
from easel.storage import Storage
from easel.storage.held import HeldAnswers
from easel.telemetry import Telemetry

# What the paths of the server begin with: behind a proxy, none of them can also be the path below which it is.
OUR_PATHS = frozenset(
    "assets docs files healthz hooks llms.txt metrics openapi.json previews readyz studio v1 v2".split()  # noqa: SIM905
)


class PipelineSettings(RetentionSettings, LimitSettings, SettingsModel):
    job_deadline_seconds: int = Field(default=900, ge=1)
    """Seconds a job may run before it fails and its credits are refunded."""
    max_wait_seconds: int = Field(default=3600, ge=1)
    """Seconds a job may wait for a provider's rate limits or outage before it fails and its credits are refunded."""
    public_url: str | None = None
    """Public base URL, used for image links and provider webhooks; it may have a path, as in https://example.com/easel.
    Default: image links use the address of each request."""
    max_upload_megabytes: int = Field(default=25, ge=1)
    """Maximum size of one upload."""
    jobs_at_once: int = Field(default=200, ge=1)
    """Jobs that one process runs at once with PostgreSQL; most of them wait for providers."""
    pictures_in_memory: int = Field(default=8, ge=1)
    """Images that one process holds in memory at once, over all jobs."""
    max_keys_per_person: int = Field(default=50, ge=1, le=10_000)
    """API keys per member, not counting revoked ones."""
    keep_free_megabytes: int = Field(default=256, ge=0)
    """Disk space kept free in the data folder. With less, no paid provider is called, so that results of running calls
    can be stored."""
    log_prompts: bool = False
    """Whether log messages may contain prompts."""
    trusted_networks: Words = ()
    """Private networks that inputs and webhooks may reach, for example 127.0.0.0/8."""

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        """As browsers write it: its host in lower case, without the usual port and slashes at its end."""
        match = PUBLIC_URL.fullmatch(url.strip().rstrip("/")) if url else None
        if url and (match is None or origin_of(url) is None):
            raise ValueError(
                f"{url!r} is not the address of a server. Write http:// or https:// and the host: https://example.com; "
                "below a path, of letters, digits, - and _: https://example.com/easel"
            )
        if match and (first := match["path"].partition("/")[2].partition("/")[0]) in OUR_PATHS:
            raise ValueError(
                f"the path of the public URL cannot begin with /{first}, a path of the server itself. "
                "Write the address below which the server is"
            )
        return f"{origin_of(match[0])}{match['path']}" if match else None

    @field_validator("trusted_networks")
    @classmethod
    def _are_networks(cls, networks: Sequence[str]) -> Sequence[str]:
        for network in networks:
            try:
                near = str(ipaddress.ip_network(network, strict=False))
            except ValueError as error:
                raise ValueError(f"must be networks such as 10.0.0.0/8, not {network}") from error
            with contextlib.suppress(ValueError):
                ipaddress.ip_network(network)
                continue
            raise ValueError(f"has {network}, which is an address inside a network: write {near}")
        return networks

    @property
    def networks(self) -> list[IpNetwork]:
        return [ipaddress.ip_network(network) for network in self.trusted_networks]


@dataclass(frozen=True, slots=True)
class Services:
    """The services of one process.

    `providers` maps names to providers in the operator's order, `limiters` has the limiter of each, `model_limiters`
    that of each of its models, by provider and model; `test_provider` serves test keys. `image_slots` limits the images
    processed in memory, `unstored` the images of jobs that are not stored yet, `partial_slots` the jobs whose partial
    images are processed, in `background`. `held` has the provider responses that can be read only once, and `readiness`
    says whether one could be stored. `limits` limits network access and readers. The pollers read jobs and events once
    for all who watch or wait.
    """

    settings: PipelineSettings
    clock: Clock
    db: Database
    runtime: Runtime
    storage: Storage
    catalog: Catalog
    imaging: Imaging
    fetcher: Fetcher
    providers: Mapping[str, Provider]
    limiters: Mapping[str, ProviderLimiter]
    test_provider: Provider
    queue: JobQueue
    held: HeldAnswers
    readiness: Readiness
    notifier: Notifier
    job_poller: Poller[str, Change]
    event_poller: Poller[Scope, int]
    last_used: LastUsed = field(default_factory=LastUsed)
    process: Process = field(default_factory=Process)
    telemetry: Telemetry = field(default_factory=Telemetry)
    image_slots: Slots = field(default_factory=lambda: Slots(8))
    unstored: Slots = field(default_factory=lambda: Slots(8))
    partial_slots: Slots = field(default_factory=lambda: Slots(8))
    model_limiters: Mapping[tuple[str, str], ProviderLimiter] = field(default_factory=dict)
    background: Background = field(default_factory=Background)
    limits: RequestLimits = field(default_factory=RequestLimits)
