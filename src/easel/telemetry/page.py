"""The page for Prometheus: metrics of this process, of the installation, and of the providers' limiters."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from easel.telemetry.installation import Seen, families
from easel.telemetry.metrics import Metrics

MEDIA_TYPE = CONTENT_TYPE_LATEST


@dataclass(frozen=True, slots=True)
class ProviderState:
    """The state of one provider's limiter in this process."""

    name: str
    troubled: bool
    waiting: int


def page(
    metrics: Metrics,
    seen: Seen,
    providers: Iterable[ProviderState],
    *,
    can_keep: Mapping[str, bool],
    taking_jobs: bool,
) -> bytes:
    here = _here(providers, can_keep, taking_jobs)
    return generate_latest(_Together([metrics.registry.collect(), families(seen), here]))


def _here(
    providers: Iterable[ProviderState], can_keep: Mapping[str, bool], taking_jobs: bool
) -> Iterator[GaugeMetricFamily]:
    trouble = GaugeMetricFamily(
        "easel_provider_circuit_open", "1 while a provider's circuit breaker is open.", labels=["provider"]
    )
    waiting = GaugeMetricFamily(
        "easel_provider_waiting", "Jobs of this process that wait for a provider's limits.", labels=["provider"]
    )
    for provider in providers:
        trouble.add_metric([provider.name], float(provider.troubled))
        waiting.add_metric([provider.name], provider.waiting)
    yield trouble
    yield waiting
    keeping = GaugeMetricFamily("easel_can_keep", "1 while this part can store provider results.", labels=["part"])
    for part, well in can_keep.items():
        keeping.add_metric([part], float(well))
    yield keeping
    yield GaugeMetricFamily("easel_taking_jobs", "1 while this process runs jobs.", value=float(taking_jobs))


class _Together(CollectorRegistry):
    """Several collectors as one."""

    def __init__(self, parts: Iterable[Iterable[Metric]]) -> None:
        super().__init__()
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        for part in self._parts:
            yield from part
