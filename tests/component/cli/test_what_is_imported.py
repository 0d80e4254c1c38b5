"""Commands import what they use: help nothing that a server works with, a server on SQLite nothing for PostgreSQL."""

import subprocess
import sys

HEAVY = {"easel.config", "sqlalchemy", "fastapi", "pyvips", "httpx", "alembic", "psycopg", "jinja2", "easel_sketch"}
OF_POSTGRESQL = {"easel.runtime.postgres", "sqlalchemy.dialects.postgresql", "psycopg", "procrastinate", "alembic"}
PROGRAM = """
import sys
from easel.cli import COMMANDS, command_of, main

for name in COMMANDS:
    command_of(name)
sys.argv = ["easel", "keys", "create", "--help"]
try:
    main()
finally:
    print("imported:", *sys.modules)
"""
SERVER = "import sys, easel.cli.serve, easel.app, easel.worker; print(*sys.modules)"


def test_help_imports_no_database_no_web_and_no_image_library() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    said, _, imported = done.stdout.rpartition("imported:")
    assert "Usage: easel keys create" in said
    assert HEAVY & set(imported.split()) == set()


def test_a_server_imports_what_postgresql_needs_only_where_it_is_used() -> None:
    done = subprocess.run([sys.executable, "-c", SERVER], capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "easel.ops.sweep" in imported
    assert OF_POSTGRESQL & imported == set()
