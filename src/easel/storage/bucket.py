"""Images in an S3-compatible bucket, shared by any number of processes."""

import mimetypes
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit

import obstore
from obstore.store import S3Store
from pydantic import Field, SecretStr, field_validator, model_validator

from easel.kit.settings import SettingsModel
from easel.storage import Storage

# Retries and timeout of the client itself; after that the pipeline decides.
TRIES, PATIENCE = 4, timedelta(seconds=8)
SIGNED_FOR = timedelta(hours=1)
FOR_EVER = "private, max-age=31536000, immutable"  # the bytes behind a key do not change


class StorageSettings(SettingsModel):
    storage_url: str | None = Field(default=None, pattern=r"^s3://[A-Za-z0-9._-]+(/[^?#]*)?$")
    """s3://bucket or s3://bucket/folder, for images in an S3-compatible store. Default: a folder in `data`."""
    storage_endpoint: str | None = Field(default=None, pattern=r"^https?://")
    """Address of the store, unless it is Amazon S3."""
    storage_public_endpoint: str | None = Field(default=None, pattern=r"^https?://")
    """Address of the store for browsers, in signed URLs. Default: the same address."""
    storage_region: str = "us-east-1"
    """Region of the bucket."""
    storage_signed_urls: bool = False
    """Redirect image links to the store, with URLs signed for one hour, instead of serving the bytes. Downloads under a
    name of their own are still served."""
    storage_seconds: int = Field(default=30, ge=1)
    """Seconds after which a call to the store times out and is retried."""
    aws_access_key_id: SecretStr | None = Field(default=None, validation_alias="aws_access_key_id")
    """Access key of the store. Default: the credentials of the machine."""
    aws_secret_access_key: SecretStr | None = Field(default=None, validation_alias="aws_secret_access_key")
    """Secret of that access key."""

    @field_validator("storage_endpoint", "storage_public_endpoint")
    @classmethod
    def _is_an_address_alone(cls, endpoint: str | None) -> str | None:
        if endpoint and any(character in endpoint for character in "?#@"):
            raise ValueError("is an address without ?, # and @, such as https://s3.example.com")
        return endpoint

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        """What would have no effect is a mistake."""
        if self.storage_signed_urls and not self.storage_url:
            raise ValueError("EASEL_STORAGE_SIGNED_URLS needs a bucket: set EASEL_STORAGE_URL to s3://bucket.")
        if self.storage_public_endpoint and not self.storage_signed_urls:
            raise ValueError(
                "EASEL_STORAGE_PUBLIC_ENDPOINT is for signed URLs: set EASEL_STORAGE_SIGNED_URLS to true, or unset it."
            )
        return self


class BucketStorage(Storage):
    """The configured bucket, or a folder in it."""

    def __init__(self, settings: StorageSettings) -> None:
        self._bucket = open_bucket(settings)
        public = settings.storage_public_endpoint or settings.storage_endpoint
        self._signer = open_bucket(settings, endpoint=public) if settings.storage_signed_urls else None
        # The client's own retries, and time for the last one to return.
        super().__init__(self._bucket, longest_call=2 * settings.storage_seconds + PATIENCE.total_seconds())

    async def signed_address(self, key: str) -> str | None:
        signer = self._signer
        return None if signer is None else await self._run(lambda: obstore.sign(signer, "GET", key, SIGNED_FOR))

    def _write(self, key: str, data: bytes) -> None:
        """With the headers that this server would send: readers may be sent there."""
        media_type = mimetypes.guess_type(key)[0] or "application/octet-stream"
        headers = {"Content-Type": media_type, "Cache-Control": FOR_EVER}
        obstore.put(self._store, key, data, attributes=headers)


def origin_for_browsers(settings: StorageSettings) -> str | None:
    """Where image links lead browsers to; None when this server serves the images."""
    if not (settings.storage_url and settings.storage_signed_urls):
        return None
    if endpoint := settings.storage_public_endpoint or settings.storage_endpoint:
        parts = urlsplit(endpoint)
        return f"{parts.scheme}://{parts.netloc}"
    return f"https://{urlsplit(settings.storage_url).netloc}.s3.{settings.storage_region}.amazonaws.com"


def open_bucket(
    settings: StorageSettings,
    *,
    endpoint: str | None = None,
    tries: int = TRIES,
    patience: timedelta = PATIENCE,
) -> S3Store:
    """The store's client, at another `endpoint` if there is one; it connects at its first use."""
    endpoint = endpoint or settings.storage_endpoint
    address = urlsplit(settings.storage_url or "")
    key, secret = settings.aws_access_key_id, settings.aws_secret_access_key
    options: dict[str, Any] = {}
    if key and secret:
        options = {"access_key_id": key.get_secret_value(), "secret_access_key": secret.get_secret_value()}
    if endpoint:
        options |= {"endpoint": endpoint.rstrip("/"), "virtual_hosted_style_request": False}
    else:
        options["virtual_hosted_style_request"] = True
    plain = (endpoint or "").startswith("http://")
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        region=settings.storage_region,
        client_options={"allow_http": plain, "connect_timeout": "5s", "timeout": f"{settings.storage_seconds}s"},
        retry_config={"max_retries": tries, "retry_timeout": patience},
        **options,
    )
