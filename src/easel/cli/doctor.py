"""easel doctor: is everything as it should be?"""

import sys
from collections.abc import Sequence

from easel.cli.options import DataFolder, load_settings, with_database
from easel.cli.output import say
from easel.config import unsafe_settings
from easel.db.engine import Database
from easel.kit.clock import Clock
from easel.storage import Storage
from easel.workflow.doctor import Finding, examine


def doctor(data: DataFolder = None) -> None:
    """Check that books balance, jobs and files agree and settings are safe. Exit code 1 when something is wrong."""
    settings = load_settings(data=data)

    async def action(db: Database) -> Sequence[Finding]:
        return await examine(db, Storage(settings.data / "files"), Clock())

    findings = [*with_database(data, action), Finding("settings are safe", unsafe_settings(settings))]
    for finding in findings:
        say(f"{'✗' if finding.problems else '✓'} {finding.subject}")
        for problem in finding.problems:
            say(f"    {problem}")
        for note in finding.notes:
            say(f"  ! {note}")
    if any(finding.problems for finding in findings):
        sys.exit(1)
