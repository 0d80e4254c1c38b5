"""Help is instant: it imports nothing that a server works with."""

import subprocess
import sys

HEAVY = {"easel.config", "sqlalchemy", "fastapi", "pyvips", "httpx", "alembic", "psycopg", "jinja2", "easel_sketch"}
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


def test_help_imports_no_database_no_web_and_no_image_library() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    said, _, imported = done.stdout.rpartition("imported:")
    assert "Usage: easel keys create" in said
    assert HEAVY & set(imported.split()) == set()
