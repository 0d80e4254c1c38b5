"""The settings of what is kept: how long, how much of a team, and how many objects the sweep deletes by itself."""

from pydantic import BaseModel, Field

from easel.kit.clock import DAY

GIGABYTE = 10**9
CENTURY = 36_500  # days


class RetentionSettings(BaseModel):
    retention_days: int = Field(
        default=90, ge=1, le=CENTURY, description="How long pictures are kept after their job ended."
    )
    retention_test_days: int = Field(
        default=7, ge=1, le=CENTURY, description="The same for pictures and inputs of test keys' jobs."
    )
    failed_input_hours: int = Field(
        default=24,
        ge=1,
        le=24 * CENTURY,
        description="How long the inputs of a job are kept that ended without an image.",
    )
    upload_hours: int = Field(
        default=24, ge=2, le=24 * CENTURY, description="How long an upload is kept when no job uses it."
    )
    max_stored_gigabytes: float = Field(
        default=20.0,
        ge=0,
        le=10**8,
        description="What a team may store in live mode; beyond it uploads and jobs are refused. 0 for no limit.",
    )
    max_stored_test_gigabytes: float = Field(
        default=1.0, ge=0, le=10**8, description="The same in test mode, which costs no credits."
    )
    max_orphan_percent: float = Field(
        default=5.0,
        ge=0,
        le=100,
        description="Objects that no row names are left alone when they are more than this share of the store, and "
        "more than 20.",
    )

    def kept_for(self, *, test: bool) -> int:
        """How long files of a job are kept, in milliseconds."""
        return (self.retention_test_days if test else self.retention_days) * DAY

    def storage_limit(self, *, test: bool) -> int | None:
        """How many bytes a team may store; None for as many as it likes."""
        gigabytes = self.max_stored_test_gigabytes if test else self.max_stored_gigabytes
        return max(1, round(gigabytes * GIGABYTE)) if gigabytes else None
