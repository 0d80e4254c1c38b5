"""What this process counts and times. Every label has few values: routes are templates, outcomes are words of ours.

A new one is an instrument here, a call in `workflow/observe.py`, and its row in `docs/pages/monitoring.md`.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from easel import __version__

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
SLOW = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 900, 3600)
LATE = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)

# When each series began is as many lines again, and read by nobody.
disable_created_metrics()  # type: ignore[no-untyped-call] # it has no types


class Metrics:
    """The instruments, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        build = Gauge("easel_build_info", "The version that runs; always 1.", ["version"], registry=registry)
        build.labels(__version__).set(1)
        self.requests = Histogram(
            "easel_request_seconds",
            "Requests answered: by route template, method and status.",
            ["route", "method", "status"],
            buckets=QUICK,
            registry=registry,
        )
        self.job_ends = Counter(
            "easel_job_ends",
            "Jobs that became final: by model, provider, state and error code.",
            ["model", "provider", "state", "code"],
            registry=registry,
        )
        self.job_queue = Histogram(
            "easel_job_queue_seconds",
            "From accepted to taken up: the team's line, the engine and the provider's limits.",
            ["model", "provider"],
            buckets=SLOW,
            registry=registry,
        )
        self.job_work = Histogram(
            "easel_job_work_seconds",
            "From taken up to final.",
            ["model", "provider", "state"],
            buckets=SLOW,
            registry=registry,
        )
        self.steps = Histogram(
            "easel_step_seconds",
            "Steps of a job: accept, capacity, inputs, postprocess, store, finalize.",
            ["step", "outcome"],
            buckets=QUICK,
            registry=registry,
        )
        self.upstream = Histogram(
            "easel_upstream_seconds",
            "Calls to providers: start, check, find, cancel, and the arrival of each picture; by how they came out.",
            ["provider", "call", "outcome"],
            buckets=SLOW,
            registry=registry,
        )
        self.credits_spent = Counter(
            "easel_credits_spent",
            "Credits that jobs cost when they ended here.",
            ["model", "provider"],
            registry=registry,
        )
        self.delivery_tries = Histogram(
            "easel_delivery_try_seconds",
            "Attempts to deliver a webhook, by kind and outcome: taken, again (it will be tried again), given_up.",
            ["kind", "outcome"],
            buckets=QUICK,
            registry=registry,
        )
        self.delivery_lateness = Histogram(
            "easel_delivery_lateness_seconds",
            "How long after it was due an attempt began.",
            buckets=LATE,
            registry=registry,
        )
