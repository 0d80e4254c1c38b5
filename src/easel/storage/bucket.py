"""Images in an S3-compatible bucket, shared by any number of processes."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import obstore
from obstore.store import S3Store
from pydantic import Field, SecretStr

from easel.kit.settings import SettingsModel
from easel.storage import Storage

# Retries and timeout of the client itself; after that the pipeline decides.
TRIES, PATIENCE = 4, timedelta(seconds=8)
SIGNED_FOR = timedelta(hours=1)


class StorageSettings(SettingsModel):
    storage_url: str | None = Field(default=None, pattern=r"^s3://[^/?#]+(/[^?#]*)?$")
    """s3://bucket or s3://bucket/folder, for images in an S3-compatible store. Default: a folder in `data`."""
    storage_endpoint: str | None = Field(default=None, pattern=r"^https?://")
    """Address of the store, unless it is Amazon S3."""
    storage_region: str = "us-east-1"
    """Region of the bucket."""
    storage_signed_urls: bool = False
    """Redirect image links to the store, with URLs signed for one hour, instead of serving the bytes."""
    storage_seconds: int = Field(default=30, ge=1)
    """Seconds after which a call to the store times out and is retried."""
    aws_access_key_id: SecretStr | None = Field(default=None, validation_alias="aws_access_key_id")
    """Access key of the store. Default: the credentials of the machine."""
    aws_secret_access_key: SecretStr | None = Field(default=None, validation_alias="aws_secret_access_key")
    """Secret of that access key."""


class BucketStorage(Storage):
    """The configured bucket, or a folder in it."""

    def __init__(self, settings: StorageSettings) -> None:
        self._bucket = open_bucket(settings)
        self._signs = settings.storage_signed_urls
        # The client's own retries, and time for the last one to return.
        super().__init__(self._bucket, longest_call=2 * settings.storage_seconds + PATIENCE.total_seconds())

    async def signed_address(self, key: str) -> str | None:
        if not self._signs:
            return None
        return await self._run(lambda: obstore.sign(self._bucket, "GET", key, SIGNED_FOR))


def open_bucket(settings: StorageSettings, *, tries: int = TRIES, patience: timedelta = PATIENCE) -> S3Store:
    """The store's client; it connects at its first use."""
    address = urlsplit(settings.storage_url or "")
    key, secret = settings.aws_access_key_id, settings.aws_secret_access_key
    options: dict[str, Any] = {}
    if key and secret:
        options = {"access_key_id": key.get_secret_value(), "secret_access_key": secret.get_secret_value()}
    plain = (settings.storage_endpoint or "").startswith("http://")
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        endpoint=settings.storage_endpoint,
        region=settings.storage_region,
        virtual_hosted_style_request=settings.storage_endpoint is None,
        client_options={"allow_http": plain, "connect_timeout": "5s", "timeout": f"{settings.storage_seconds}s"},
        retry_config={"max_retries": tries, "retry_timeout": patience},
        **options,
    )
