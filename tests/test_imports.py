"""The direction of imports: every row may import the rows below it, and neighbours in a row never meet."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "easel"

ROWS = (
    {"app", "services", "worker", "cli", "testing", "__main__"},
    {"config"},
    {"studio", "docs"},
    {"api", "web"},
    {"workflow"},
    {"accounts", "catalog", "ledger", "jobs", "providers", "imaging", "storage", "webhooks", "telemetry", "server"},
    {"db"},
    {"domain"},
    {"errors"},
    {"kit"},
)
HEIGHT = {name: len(ROWS) - row for row, names in enumerate(ROWS) for name in names}
WIRING = ROWS[0]  # one row of composition: these may know each other
NO_DATABASE = {"providers", "catalog", "imaging", "storage"}
ALONE = {
    "pyvips": {"imaging", "cli"},
    "obstore": {"storage"},
    "pytakumi": set(),
    "procrastinate": {"workflow"},
    "prometheus_client": {"telemetry"},
    "opentelemetry": {"telemetry", "testing"},
}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def station(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [
                f"{node.module}.{alias.name}" if node.module == "easel" else str(node.module) for alias in node.names
            ]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    here = station(path)
    for name in imported(path):
        if name.startswith("easel."):
            there = name.split(".")[1]
            if there in (here, "__version__") or here == "__init__":
                continue
            allowed = HEIGHT[there] < HEIGHT[here] or {here, there} <= WIRING
            assert allowed, f"{here} must not import {there}"
            assert not (there == "db" and here in NO_DATABASE), f"{here} must not know the database"
        for library, homes in ALONE.items():
            assert not (name.split(".")[0] == library and here not in homes), f"only {homes} may import {library}"


def test_the_image_engine_knows_nothing_of_easel_and_one_file_joins_them() -> None:
    engine = SOURCE.parent / "easel_sketch"
    for path in engine.rglob("*.py"):
        assert not [name for name in imported(path) if name.split(".")[0] == "easel"], path
    joined = {str(path.relative_to(SOURCE)) for path in modules() if any("easel_sketch" in n for n in imported(path))}
    assert joined == {"providers/sketch.py", "cli/sketch.py"}


def test_only_config_reads_the_environment() -> None:
    readers = {
        station(path)
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
