"""The words of the field: terms the project no longer uses must not come back."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
OLD = r"painters?|stations?|household|bells?|gates?|wait(?:s|ing)? in line|paints|painted|news"
TEXT = {".py", ".md", ".html", ".js", ".css", ".toml", ".yml", ".yaml", ".json", ".env", ""}
ALLOWED = re.compile(
    r"/migrations/versions/|/web/assets/vendor/|easel_sketch|/docs/gallery/"  # other words, or the history
    r"|/docs/pages/sketch\.md|/pages/images/|/docs/screenshots/"
)


def test_the_old_words_are_gone() -> None:
    files = [ROOT / "README.md", *(path for top in ("src/easel", "docs", "deploy") for path in (ROOT / top).rglob("*"))]
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {word}"
        for path in files
        if path.is_file() and path.suffix in TEXT and not ALLOWED.search(str(path)) and path.name != "CHANGELOG.md"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for word in re.findall(rf"\b(?:{OLD})\b", line, re.IGNORECASE)
    ]
    assert not wrong, "\n".join(wrong)
