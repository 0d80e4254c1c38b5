"""Pictures in a bucket behind an S3-compatible address, for as many processes as are wanted."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import obstore
from obstore.store import S3Store
from pydantic import AliasChoices, BaseModel, Field, SecretStr

from easel.storage import Storage

# The client tries again by itself, so often and so long; then the workflow decides.
TRIES, PATIENCE = 4, timedelta(seconds=8)
SIGNED_FOR = timedelta(hours=1)


class StorageSettings(BaseModel):
    storage_url: str | None = Field(
        default=None,
        pattern=r"^s3://[^/?#]+(/[^?#]*)?$",
        description="s3://bucket or s3://bucket/folder, for pictures in an S3-compatible store. "
        "Unset, a folder in `data`.",
    )
    storage_endpoint: str | None = Field(
        default=None, pattern=r"^https?://", description="The address of the store, when it is not Amazon's."
    )
    storage_region: str = Field(default="us-east-1", description="The region of the bucket.")
    storage_signed_urls: bool = Field(
        default=False,
        description="Whether a picture's address sends its reader to the store, signed for an hour, instead of passing "
        "the bytes on.",
    )
    storage_seconds: int = Field(
        default=30, ge=1, description="How long one call to the store may take before it is given up and made again."
    )
    aws_access_key_id: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("aws_access_key_id", "AWS_ACCESS_KEY_ID"),
        description="The key of the store. Unset, what the machine itself may do.",
    )
    aws_secret_access_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY"),
        description="The secret of that key.",
    )


class BucketStorage(Storage):
    """The bucket that the settings name, or a folder of it."""

    def __init__(self, settings: StorageSettings) -> None:
        self._bucket = open_bucket(settings)
        self._signs = settings.storage_signed_urls
        # The client's own tries, and a moment for the last of them to come back.
        super().__init__(self._bucket, longest_call=2 * settings.storage_seconds + PATIENCE.total_seconds())

    async def signed_address(self, key: str) -> str | None:
        if not self._signs:
            return None
        return await self._run(lambda: obstore.sign(self._bucket, "GET", key, SIGNED_FOR))


def open_bucket(settings: StorageSettings, *, tries: int = TRIES, patience: timedelta = PATIENCE) -> S3Store:
    """The store's client; whether the bucket can be reached is seen at its first use."""
    address = urlsplit(settings.storage_url or "")
    key, secret = settings.aws_access_key_id, settings.aws_secret_access_key
    given: dict[str, Any] = {}
    if key and secret:
        given = {"access_key_id": key.get_secret_value(), "secret_access_key": secret.get_secret_value()}
    plain = (settings.storage_endpoint or "").startswith("http://")
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        endpoint=settings.storage_endpoint,
        region=settings.storage_region,
        virtual_hosted_style_request=settings.storage_endpoint is None,
        client_options={"allow_http": plain, "connect_timeout": "5s", "timeout": f"{settings.storage_seconds}s"},
        retry_config={"max_retries": tries, "retry_timeout": patience},
        **given,
    )
