"""The page for Prometheus: metrics of this process, of the installation, and of the providers' limiters."""

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from easel.telemetry.installation import Seen, families, gauge
from easel.telemetry.metrics import Metrics

MEDIA_TYPE = CONTENT_TYPE_LATEST


def page(
    metrics: Metrics,
    seen: Seen,
    *,
    circuit_open: Mapping[str, bool],
    waiting: Mapping[str, int],
    can_keep: Mapping[str, bool],
    taking_jobs: bool,
) -> bytes:
    """`circuit_open` and `waiting` are about each provider's limiter in this process."""
    here = [
        gauge(
            "easel_provider_circuit_open", "1 while a provider's circuit breaker is open.", ["provider"], circuit_open
        ),
        gauge(
            "easel_provider_waiting", "Jobs of this process that wait for a provider's limits.", ["provider"], waiting
        ),
        gauge("easel_can_keep", "1 while this part can store provider results.", ["part"], can_keep),
        GaugeMetricFamily("easel_taking_jobs", "1 while this process runs jobs.", value=float(taking_jobs)),
    ]
    return generate_latest(_Together([metrics.registry.collect(), families(seen), here]))


def shared_page(seen: Seen) -> bytes:
    """The page of a port that several processes answer: what all of them know alike."""
    return generate_latest(_Together([families(seen)]))


class _Together(Collector):
    """Several collectors as one."""

    def __init__(self, parts: Iterable[Iterable[Metric]]) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        for part in self._parts:
            yield from part
