"""Whatever the system refuses at the start is one line: what, where, and what to do. No traceback, exit code 1."""

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.support.object_store import running_object_store

from easel.build import DataInUse, sole_owner
from easel.config import FileSettings
from easel.kit.settings import read_key
from easel.server.listen import CannotListen, bound
from easel.testing.server import run_command

pytestmark = pytest.mark.proof

NOBODY = 65534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def refused(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> str:
    """The line with which `easel serve` ends."""
    folder.mkdir(exist_ok=True)
    ended = run_command(*(arguments or ("serve",)), env={"EASEL_PORT": "0", **(env or {})}, cwd=folder)
    assert ended.returncode == 1, ended
    lines = [line for line in (ended.stdout + ended.stderr).splitlines() if not line.startswith("{")]
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_addresses(tmp_path: Path, taken: int) -> None:
    data = {"EASEL_DATA": str(tmp_path / "data")}
    for command in ("serve", "worker"):
        name = "EASEL_PORT" if command == "serve" else "EASEL_METRICS_PORT"
        line = refused(tmp_path / "run", command, env=data | {name: str(taken)})
        assert line == f"{name} is {taken}, which another program on 127.0.0.1 uses. Stop it, or choose another port."
    for host in ("198.51.100.7", "2001:db8::7"):
        line = refused(tmp_path / "run", env=data | {"EASEL_HOST": host})
        assert line.startswith(f"EASEL_HOST is {host}, ")
    assert "cannot be found" in refused(tmp_path / "run", env=data | {"EASEL_HOST": "no-such-host.invalid"})
    assert not list((tmp_path / "data").glob("easel.db")), "nothing was begun"


@contextlib.contextmanager
def somebody_else() -> Iterator[None]:
    """Be nobody in particular: their own process could not read Python where only root may."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@needs_root
def test_a_privileged_port() -> None:
    lowest = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text().strip()
    if int(lowest) <= 81:
        pytest.skip("every port is everybody's here")
    words = "EASEL_PORT is 81: user 65534 may not open it. Choose a port from 1024."
    with somebody_else(), pytest.raises(CannotListen, match=words), bound("127.0.0.1", 81):
        pass


def in_the_way(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("in the way")


def test_data_folders(tmp_path: Path) -> None:
    in_the_way(tmp_path, "file")
    for data, words in (
        (tmp_path / "file", "A file is in the place of a folder"),
        (tmp_path / "file" / "below", "Not a directory"),
        (Path("/proc/easel"), "No such file or directory"),
    ):
        line = refused(tmp_path / "run", env={"EASEL_DATA": str(data)})
        assert line.startswith(f"EASEL_DATA is {data}, which is not writable. ")
        assert words in line
    for part in ("files", "spool", "provenance"):
        in_the_way(tmp_path / part, part)
        assert str(tmp_path / part / part) in refused(tmp_path / "run", env={"EASEL_DATA": str(tmp_path / part)})
    in_the_way(tmp_path / "damaged", "easel.db")
    line = refused(tmp_path / "run", env={"EASEL_DATA": str(tmp_path / "damaged")})
    assert line == f"EASEL_DATA: {tmp_path / 'damaged' / 'easel.db'}: file is not a database."


@needs_root
def test_data_of_another_user(tmp_path: Path) -> None:
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(0o755)
    roots, key = tmp_path / "roots", tmp_path / "key"
    roots.mkdir(mode=0o755)
    key.write_text("sk-abc")
    key.chmod(0o600)
    settings = FileSettings(data=roots)
    line = f"EASEL_DATA is {roots}, which is not writable. .*: Permission denied. "
    who = f"This process runs as user 65534; {roots} belongs to user 0."
    with somebody_else(), pytest.raises(DataInUse, match=line + who), sole_owner(settings):
        pass
    roots.chmod(0o777)
    (roots / "easel.db").write_bytes(b"")
    (roots / "easel.db").chmod(0o644)
    with somebody_else(), pytest.raises(DataInUse, match=r"easel\.db: Permission denied"), sole_owner(settings):
        pass
    with somebody_else(), pytest.raises(ValueError, match=f"{key}: Permission denied.*user 65534; .* to user 0."):
        read_key(key)


@needs_root
def test_a_disk_without_room(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(small)], check=False)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        (small / "full").write_bytes(bytes(12 * 1024))
        assert " is full" in refused(tmp_path / "run", env={"EASEL_DATA": str(small)})
    except OSError:
        pytest.skip("the file system has other sizes")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_databases(tmp_path: Path, template: str) -> None:
    data = {"EASEL_DATA": str(tmp_path / "data")}
    scheme, _, rest = template.partition("://")
    login, _, where = rest.rpartition("@")
    host = where.partition("/")[0]
    for address, words in (
        ("postgresql://u:secret-pw@127.0.0.1:9/x", "Connection refused"),
        ("postgresql://u:secret-pw@no-such-host.invalid/x", "no-such-host.invalid"),
        (f"{scheme}://{login}@{host}/no_such_database", "does not exist"),
        (f"{scheme}://nobody_here:secret-pw@{host}/postgres", "nobody_here"),
    ):
        line = refused(tmp_path / "run", env=data | {"EASEL_DATABASE_URL": address})
        assert line.startswith("EASEL_DATABASE_URL: "), line
        assert words in line
        assert "secret-pw" not in line


def test_buckets(tmp_path: Path) -> None:
    with running_object_store() as bucket:
        for name, value, words in (
            ("AWS_SECRET_ACCESS_KEY", "wrong", "SignatureDoesNotMatch"),
            ("AWS_ACCESS_KEY_ID", "nobody", "InvalidAccessKeyId"),
        ):
            env = {"EASEL_DATA": str(tmp_path / "data"), **bucket.environment("x"), name: value}
            line = refused(tmp_path / "run", env=env)
            assert line.startswith("EASEL_STORAGE_URL: ")
            assert words in line
            assert name in line


def test_proxies(tmp_path: Path) -> None:
    line = refused(tmp_path / "run", env={"EASEL_DATA": str(tmp_path / "data"), "ALL_PROXY": "socks5://127.0.0.1:1080"})
    assert line == "ALL_PROXY names a socks5 proxy, which is not supported: use an http:// proxy, or unset it."
    words = ("generate", "x", "--key", "afk_123456789012", "--url", "http://127.0.0.1:9")
    assert "ALL_PROXY names" in refused(tmp_path / "run", *words, env={"ALL_PROXY": "socks5h://127.0.0.1:1080"})
    # Loopback is never reached through a proxy: the key stays here.
    line = refused(tmp_path / "run", *words, env={"HTTP_PROXY": "http://127.0.0.1:1"})
    assert "http://127.0.0.1:9 is unreachable" in line
