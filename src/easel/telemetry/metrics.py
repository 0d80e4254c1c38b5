"""Counters and timers of this process. Every label has few values: route templates and fixed outcome words.

A new metric needs an instrument here, a call in `pipeline/instrumentation.py`, and a row in `docs/pages/monitoring.md`.
"""

from functools import partial

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

# The creation time of each series doubles the output, and nobody reads it.
disable_created_metrics()  # type: ignore[no-untyped-call] # it has no types


class Metrics:
    """The instruments, in their own registry."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        counter, timer = partial(Counter, registry=self.registry), partial(Histogram, registry=self.registry)
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        build = Gauge("easel_build_info", "Running version; always 1.", ["version"], registry=self.registry)
        build.labels(__version__).set(1)
        self.requests = timer(
            "easel_request_seconds",
            "HTTP requests, by route template, method and status.",
            ["route", "method", "status"],
            buckets=QUICK,
        )
        self.job_ends = counter(
            "easel_job_ends",
            "Ended jobs, by model, provider, state and error code.",
            ["model", "provider", "state", "code"],
        )
        self.job_queue = timer(
            "easel_job_queue_seconds",
            "Time from acceptance to start: waiting for the team's limit, the queue and the provider's limits.",
            ["model", "provider"],
            buckets=SLOW,
        )
        self.job_work = timer(
            "easel_job_work_seconds", "Time from start to end.", ["model", "provider", "state"], buckets=SLOW
        )
        self.steps = timer(
            "easel_step_seconds",
            "Time of a job's steps: accept, fetch, capacity, inputs, postprocess, store, finalize.",
            ["step", "outcome"],
            buckets=QUICK,
        )
        self.upstream = timer(
            "easel_upstream_seconds",
            "Time of provider calls (start, check, find, cancel, and the arrival of each image), by outcome.",
            ["provider", "call", "outcome"],
            buckets=SLOW,
        )
        self.credits_spent = counter(
            "easel_credits_spent", "Credits charged for jobs that ended in this process.", ["model", "provider"]
        )
        self.delivery_tries = timer(
            "easel_delivery_try_seconds",
            "Time of webhook delivery attempts, by kind and outcome: delivered, retry (will be tried again), given_up.",
            ["kind", "outcome"],
            buckets=QUICK,
        )
        self.delivery_lateness = timer(
            "easel_delivery_lateness_seconds", "Delay of webhook delivery attempts after they were due.", buckets=LATE
        )
