"""The reckoning: each promise, what was found, and whether it was kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyvips
from tests.support.doubles.replicate import ReplicateDouble
from tools.chaos.customers import FINAL, Customers
from tools.chaos.world import Receiver, billed

from easel.testing.server import run_command

CREDITS = 100_000
# A refusal of the provider, and a call of which nobody can tell any more whether it was made.
TROUBLES = {"moderation_refused", "upstream_in_doubt"}


@dataclass(frozen=True, slots=True)
class Line:
    promise: str
    found: str
    kept: bool


def reckon(
    asked: int,
    customers: Customers,
    double: ReplicateDouble,
    receiver: Receiver,
    settings: Mapping[str, str],
    folder: Path,
) -> Sequence[Line]:
    jobs = customers.jobs()
    return (
        *_jobs(asked, customers, jobs),
        *_money(customers, double, jobs),
        *_messages(customers, receiver, jobs),
        _doctor(settings, folder),
    )


def _jobs(asked: int, customers: Customers, jobs: Sequence[dict[str, Any]]) -> Sequence[Line]:
    states = Counter(job["status"] for job in jobs)
    codes = Counter(job["errorCode"] for job in jobs if job["status"] == "FAILED")
    known = {job["id"] for job in jobs} == set(customers.job_ids.values())
    return (
        Line("each request is one job", f"{len(jobs)} jobs of {asked} requests", known and len(jobs) == asked),
        Line("every job is final", _counted(states), all(state in FINAL for state in states)),
        Line("only the provider's troubles fail jobs", _counted(codes) or "none failed", set(codes) <= TROUBLES),
    )


def _money(customers: Customers, double: ReplicateDouble, jobs: Sequence[dict[str, Any]]) -> Sequence[Line]:
    bills = billed(double)
    most = max(bills.values(), default=0)
    cost = sum(job["creditCost"] for job in jobs)
    left = customers.ask("GET", "/v2/me")["team"]["credits"]
    charged = [job["id"] for job in jobs if job["status"] != "COMPLETED" and job["creditCost"]]
    done = {job["id"] for job in jobs if job["status"] == "COMPLETED"}
    generated = [one["input"]["prompt"] for one in double.predictions.values() if one["status"] == "succeeded"]
    lost = [prompt for prompt in generated if customers.job_ids[prompt] not in done]
    whole = _whole_images(customers, jobs)
    return (
        Line("at most one paid call a job", f"{sum(bills.values())} paid calls, at most {most} for a job", most <= 1),
        Line("what was paid for is delivered", f"{len(generated)} images generated, {len(lost)} lost", not lost),
        Line("only images cost", f"{len(charged)} failed jobs were charged", not charged),
        Line("the books are balanced", f"{CREDITS:,} - {cost:,} = {left:,} credits", CREDITS - cost == left),
        Line("every image is there", f"{whole} of {len(done)} are read to their end", whole == len(done)),
    )


def _whole_images(customers: Customers, jobs: Sequence[dict[str, Any]]) -> int:
    def whole(job: dict[str, Any]) -> bool:
        path = "/" + job["result"]["images"][0].split("/", 3)[3]
        pyvips.Image.new_from_buffer(customers.fetch("GET", path).content, "").avg()
        return True

    with ThreadPoolExecutor(4) as hands:
        return sum(hands.map(whole, (job for job in jobs if job["status"] == "COMPLETED")))


def _messages(customers: Customers, receiver: Receiver, jobs: Sequence[dict[str, Any]]) -> Sequence[Line]:
    on_record = {one["jobId"]: one for one in customers.deliveries()}
    states = Counter(one["status"] for one in on_record.values())
    silent = [job["id"] for job in jobs if job["id"] not in on_record]
    untrue = [
        job_id for job_id, one in on_record.items() if one["status"] == "delivered" and not receiver.taken[job_id]
    ]
    twice = sum(count > 1 for count in receiver.taken.values())
    return (
        Line("every webhook is on record", f"{_counted(states)}; {len(silent)} missing", not silent),
        Line(
            "what is recorded as delivered came", f"{len(receiver.taken)} received, {twice} more than once", not untrue
        ),
    )


def _doctor(settings: Mapping[str, str], folder: Path) -> Line:
    """What it says of the provider is left out: that one had its bad days by script."""
    said = run_command("doctor", env={**settings, "EASEL_DATA": str(folder / "doctor")}).stdout
    checks = [line for line in said.splitlines() if line[:1] in ("✓", "✗") and "providers respond" not in line]
    wrong = [line for line in checks if line[0] == "✗"]
    return Line("the doctor finds all well", "; ".join(wrong) or f"{len(checks)} checks", bool(checks) and not wrong)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: -item[1]))
