"""Everything the road passes, built once and handed along."""

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
from easel.kit.fetch import Fetcher, IpNetwork
from easel.kit.slots import Slots
from easel.providers import Provider
from easel.runtime.base import JobQueue, Runtime
from easel.runtime.embedded.limiter import ProviderLimiter
from easel.runtime.embedded.notifier import Notifier, team_channel
from easel.runtime.limits import LimitSettings, RequestLimits
from easel.runtime.poller import Poller
from easel.runtime.process import Process
from easel.runtime.readiness import Readiness
from easel.storage import Storage
from easel.storage.held import HeldAnswers
from easel.telemetry import Telemetry


class WorkflowSettings(RetentionSettings, LimitSettings):
    job_deadline_seconds: int = Field(
        default=900, ge=1, description="How long a job may be at work before it fails and its credits go back."
    )
    max_wait_seconds: int = Field(
        default=3600,
        ge=1,
        description="How long a job can wait for a provider's limits or outage before it fails and its credits go back.",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/?#]+$",
        description="The address the world knows this server by: picture addresses, and news from upstreams, begin "
        "with it. Unset, pictures have the address of each request.",
    )
    max_upload_megabytes: int = Field(default=25, ge=1, description="The size of one upload at the most.")
    jobs_at_once: int = Field(
        default=200, ge=1, description="Jobs one process of a fleet takes up at once; most of them wait for providers."
    )
    pictures_in_memory: int = Field(
        default=8, ge=1, description="Pictures this process holds in memory at once, over all jobs."
    )
    max_keys_per_person: int = Field(
        default=50, ge=1, le=10_000, description="API keys one person may have, not counting revoked ones."
    )
    keep_free_megabytes: int = Field(
        default=256,
        ge=0,
        description="Space that stays free on the disks of the data folder: with less, no paid provider is called, "
        "so that what is already under way can be kept.",
    )
    log_prompts: bool = Field(default=False, description="Whether the log may tell what was asked for.")
    trusted_networks: Sequence[str] = Field(
        default=(), description="Private networks that inputs and webhooks may reach, such as 127.0.0.0/8."
    )

    @field_validator("trusted_networks", mode="before")
    @classmethod
    def _are_networks(cls, given: Sequence[str] | str) -> Sequence[str]:
        """A list, or one text with commas."""
        networks = [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given
        for network in networks:
            ipaddress.ip_network(network)
        return networks

    @property
    def networks(self) -> list[IpNetwork]:
        return [ipaddress.ip_network(network) for network in self.trusted_networks]


@dataclass(frozen=True, slots=True)
class Services:
    """The services of one process.

    `providers` is by name, in the operator's order, and `limiters` stand before them; `trial` paints for test keys;
    `hands` bounds the pictures that are worked on in memory, `unstored` those of jobs until they are in the store.
    `held` has the answers that come only once, and `keeping` says whether one could be kept.
    `limits` has what waits for networks and readers. The pollers read jobs and events once for all who watch or wait.
    """

    settings: WorkflowSettings
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
    notifier: Notifier = field(default_factory=Notifier)
    last_used: LastUsed = field(default_factory=LastUsed)
    process: Process = field(default_factory=Process)
    telemetry: Telemetry = field(default_factory=Telemetry)
    job_poller: Poller[str, Change] = field(default_factory=Poller)
    event_poller: Poller[Scope, int] = field(default_factory=lambda: Poller(lambda scope: team_channel(scope.team_id)))
    image_slots: Slots = field(default_factory=lambda: Slots(8))
    unstored: Slots = field(default_factory=lambda: Slots(8))
    limits: RequestLimits = field(default_factory=RequestLimits)
