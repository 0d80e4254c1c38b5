"""The direction of imports: every row may import the rows below it, and neighbours in a row never meet."""

import ast
import graphlib
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "easel"

# A noun's use-cases are handed `Services`, and live beside the noun they are about.
USE_CASES = {
    "accounts.members",
    "files.archive",
    "files.copies",
    "files.find",
    "files.uploads",
    "jobs.live",
    "jobs.queries",
    "jobs.remove",
    "webhooks.delivery",
    "webhooks.manage",
}
ROWS = (
    {"app", "build", "worker", "cli", "testing", "__main__"},
    {"config"},
    {"studio", "docs"},
    {"api", "web"},
    {"ops"},
    {"pipeline", *USE_CASES},
    {"services"},
    {"runtime"},
    {
        "accounts",
        "catalog",
        "files",
        "imaging",
        "jobs",
        "ledger",
        "providers",
        "server",
        "storage",
        "telemetry",
        "webhooks",
    },
    {"db"},
    {"errors"},
    {"domain"},
    {"kit"},
)
HEIGHT = {name: len(ROWS) - row for row, names in enumerate(ROWS) for name in names}
MAY_MEET = (ROWS[0], ROWS[5])  # composition, and the use-cases; no two modules import each other there either
NO_DATABASE = {"providers", "catalog", "imaging", "storage"}
ALONE = {
    "pyvips": {"imaging"},
    "obstore": {"storage"},
    "pytakumi": set(),
    "procrastinate": {"runtime"},
    "prometheus_client": {"telemetry"},
    "opentelemetry": {"telemetry"},
}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def package(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def place(module: str) -> str:
    """The row's name for a module, such as `jobs` or `jobs.live`."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if ".".join(parts[:2]) in USE_CASES else parts[0]


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(("easel", *(parts[:-1] if parts[-1] == "__init__" else parts)))


def imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    if name_of(path) == "easel":
        return
    here, folder = place(name_of(path)), package(path)
    for name in imported(path):
        assert name.split(".")[0] != "tests", "the package must not import its tests"
        if name.startswith("easel."):
            there = place(name)
            if there in (here, "__version__"):
                continue
            allowed = HEIGHT[there] < HEIGHT[here] or any({here, there} <= row for row in MAY_MEET)
            assert allowed, f"{here} must not import {there}"
            assert not (there == "db" and here in NO_DATABASE), f"{here} must not know the database"
        for library, homes in ALONE.items():
            assert not (name.split(".")[0] == library and folder not in homes), f"only {homes} may import {library}"


def test_no_modules_import_each_other() -> None:
    known = {name_of(path): path for path in modules()}
    waits = {
        module: {name if name in known else name.rpartition(".")[0] for name in imported(path)}
        & known.keys() - {module}
        for module, path in known.items()
    }
    graphlib.TopologicalSorter(waits).prepare()


def test_the_image_engine_knows_nothing_of_easel_and_one_file_joins_them() -> None:
    engine = SOURCE.parent / "easel_sketch"
    for path in engine.rglob("*.py"):
        assert not [name for name in imported(path) if name.split(".")[0] == "easel"], path
    joined = {str(path.relative_to(SOURCE)) for path in modules() if any("easel_sketch" in n for n in imported(path))}
    assert joined == {"providers/sketch.py", "cli/sketch.py"}


@pytest.mark.parametrize("table", ["jobs", "ledger"])
def test_a_table_is_written_by_its_owner_alone(table: str) -> None:
    writes = re.compile(rf"\b(?:insert|update|delete)\({table}\)")
    assert {package(path) for path in modules() if writes.search(path.read_text())} == {table}


def test_only_config_reads_the_environment() -> None:
    readers = {
        package(path)
        for path in modules()
        if any(word in path.read_text() for word in ("os.environ", "os.getenv", "BaseSettings"))
    }
    assert readers <= {"config", "testing"}


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in modules()
        if (lines := len(path.read_text().splitlines())) > 350
    }
    assert not long, "look for the second noun"
