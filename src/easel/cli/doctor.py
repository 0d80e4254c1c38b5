"""easel doctor: check an installation."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from easel.cli.options import DataFolder, load_settings, with_database
from easel.cli.output import one_line, say

if TYPE_CHECKING:
    from easel.db.engine import Database
    from easel.ops.doctor import Finding

LARGE_IMAGE = 4_000_000  # bytes that the store is asked to keep


def doctor(data: DataFolder = None) -> None:
    """Check ledger, jobs, files, webhooks, clock, versions, providers and settings.

    Exit code 1 when a check fails. It changes nothing, and can run beside servers and workers.
    """
    from easel.build import build_readiness, open_storage, spool_folder
    from easel.catalog import Catalog
    from easel.config import unsafe_settings
    from easel.ops.doctor import Finding, examine
    from easel.ops.doctor.providers import usable
    from easel.providers.build import build_providers
    from easel.runtime import runtime_of

    settings = load_settings(data=data)

    async def action(db: Database) -> Sequence[Finding]:
        clock = runtime_of(db).clock()
        await clock.sync()
        storage = open_storage(settings)
        costs = list(settings.provider_names) != ["sketch"]
        readiness = build_readiness(settings, db, storage, clock, costs=costs, probe=LARGE_IMAGE)
        findings = await examine(db, storage, clock, settings, readiness)
        async with contextlib.AsyncExitStack() as ends:
            providers = list(build_providers(settings, spool_folder(settings), settings.proxies).values())
            for provider in providers:
                ends.push_async_callback(provider.close)
            return [*findings, await usable(providers, Catalog.load())]

    findings = [*with_database(data, action), Finding("settings are safe", unsafe_settings(settings))]
    for finding in findings:
        say(f"{'✗' if finding.problems else '✓'} {finding.subject}")
        for problem in finding.problems:
            say(one_line(f"    {problem}"))
        for note in finding.notes:
            say(one_line(f"  ! {note}"))
        for fact in finding.facts:
            say(one_line(f"    {fact}"))
    if any(finding.problems for finding in findings):
        sys.exit(1)
