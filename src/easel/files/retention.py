"""Settings of retention: how long files are kept, the storage of a team, and the limit of the sweep."""

from pydantic import Field

from easel.kit.clock import DAY
from easel.kit.settings import SettingsModel

GIGABYTE = 10**9
CENTURY = 36_500  # days


class RetentionSettings(SettingsModel):
    retention_days: int = Field(default=90, ge=1, le=CENTURY)
    """Days until the images of a job expire."""
    retention_test_days: int = Field(default=7, ge=1, le=CENTURY)
    """The same for images and inputs of test jobs."""
    failed_input_hours: int = Field(default=24, ge=1, le=24 * CENTURY)
    """Hours until the inputs of a job without images expire."""
    upload_hours: int = Field(default=24, ge=2, le=24 * CENTURY)
    """Hours until an unused upload expires."""
    max_stored_gigabytes: float = Field(default=20.0, ge=0, le=10**8)
    """Storage per team in live mode; above it uploads and jobs are refused. 0 for no limit."""
    max_stored_test_gigabytes: float = Field(default=1.0, ge=0, le=10**8)
    """Storage per team in test mode."""
    max_orphan_percent: float = Field(default=5.0, ge=0, le=100)
    """Objects without a database row are not deleted automatically when they exceed this share of the store, and number
    more than 20."""

    def kept_for(self, *, test: bool) -> int:
        """The retention of a job's files, in milliseconds."""
        return (self.retention_test_days if test else self.retention_days) * DAY

    def storage_limit(self, *, test: bool) -> int | None:
        """A team's storage limit in bytes; None for no limit."""
        gigabytes = self.max_stored_test_gigabytes if test else self.max_stored_gigabytes
        return max(1, round(gigabytes * GIGABYTE)) if gigabytes else None
