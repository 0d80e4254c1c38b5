"""The page on sketch names every field of a brief."""

import re
from dataclasses import fields
from pathlib import Path

from easel_sketch import Request, Size, explain
from easel_sketch.reading.brief import _KEPT_BACK, Brief
from easel_sketch.reading.subjects import Subject

PAGE = Path(__file__).parents[2] / "src" / "easel" / "docs" / "pages" / "sketch.md"


def test_every_field_of_a_brief_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    table = {name for row in re.findall(r"^\| (`.+?`) \| ", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    given = explain(Request("A cat and a zorkmid, gold", Size(512, 512)))
    own = {field.name for field in fields(Brief)} - _KEPT_BACK
    assert own | given.keys() <= table
    assert all(f"`{field.name}`" in page for field in fields(Subject))
