"""Change one thing at a time in a package of Easel, and see whether its tests notice.

    python -m tools.mutate ledger          also jobs, catalog and pipeline; or make mutate PACKAGE=ledger

A copy of the repository is mutated by mutmut, which is installed for the run alone. Only the tests nearest to the
package run, on SQLite: what no test of them reaches is counted apart. `docs/testing.md` has the figures.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
MUTMUT = "mutmut==3.8.1"
PIPELINE = [
    f"tests/component/pipeline/test_{name}.py" for name in ("submit", "finalize", "store", "capacity", "provider_call")
]
TESTS = {
    "catalog": ["tests/unit/catalog", "tests/component/catalog"],
    "ledger": [
        "tests/component/ledger",
        *PIPELINE[:2],
        "tests/api/test_account.py",
        "tests/component/ops/test_doctor.py",
    ],
    "jobs": ["tests/component/jobs"],
    "pipeline": PIPELINE,
}
COPIED = ("src", "tests", "tools", "bench", "docs", "deploy", "README.md", "pyproject.toml", "Makefile")
# Not captured: the log of the first run would be written to a file that the second finds closed.
ARGUMENTS = ["-q", "-s", "-m", "not proof and not serial", "-k", "not postgres", "-p", "no:xdist"]
WORDS = {"killed": "noticed", "timeout": "noticed", "survived": "not noticed", "no tests": "no test here"}


def main(package: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy, programs = Path(folder) / "easel", Path(folder) / "mutmut"
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(source, copy / name)
        (copy / "setup.cfg").write_text(configuration(package))
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(programs), MUTMUT]
        subprocess.run(pip, check=True)
        run(copy, programs, "run", "--max-children", "2")
        counts = Counter(
            WORDS.get(state, state)
            for state in re.findall(r": ([a-z ]+)$", run(copy, programs, "results", "--all", "true"), re.MULTILINE)
        )
        share = counts["noticed"] / (counts["noticed"] + counts["not noticed"])
        print(f"{package}: {counts.total()} mutants, {dict(counts)}; noticed of those tested here: {share:.0%}")


def configuration(package: str) -> str:
    lists = {
        "source_paths": ["src"],
        "only_mutate": [f"src/easel/{package}/*"],
        "also_copy": COPIED[1:],
        "pytest_add_cli_args": ARGUMENTS,
        "pytest_add_cli_args_test_selection": TESTS[package],
    }
    lines = (f"{name}=\n" + "".join(f"    {item}\n" for item in items) for name, items in lists.items())
    return "[mutmut]\n" + "".join(lines)


def run(copy: Path, programs: Path, *words: str) -> str:
    """What a command of mutmut prints. Its own packages come last: the tests run with ours."""
    start = f"import runpy, sys; sys.path.append({str(programs)!r}); sys.argv[0] = 'mutmut'; "
    code = start + "runpy.run_module('mutmut', run_name='__main__', alter_sys=True)"
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=copy, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1])
