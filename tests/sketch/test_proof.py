"""The check of finished pages: lost, small or overlapping texts, and no false alarms."""

import time
from functools import cache

import pytest
from tests.sketch.pages import SQUARE, engine, page

from easel_sketch import Size
from easel_sketch.drawing.commission import Commission
from easel_sketch.type import proof
from easel_sketch.type.proof import Fault, Finding

PROMPT = "poster “Harbour Lights” “Friday, 9 pm” “Old Pier”"


@cache
def job() -> Commission:
    return page(PROMPT).job


def set_type(*rows: tuple[str, float, float, float], extra: str = "") -> str:
    """A page of texts with their sizes and positions."""
    face = job().faces.body
    made = [
        f'<div class="a" style="left:{x}px;top:{y}px;white-space:nowrap;{face.css(size, "#000")}{extra}">{text}</div>'
        for text, size, x, y in rows
    ]
    return f'<div style="position:relative;width:1024px;height:1024px">{"".join(made)}</div>'


def found(*rows: tuple[str, float, float, float]) -> list[Finding]:
    return proof.findings(job().canvas, job(), set_type(*rows))


WELL = (("Harbour Lights", 90, 60, 60), ("Friday, 9 pm", 40, 60, 220), ("Old Pier", 15, 60, 300))


def test_a_good_page_has_no_findings() -> None:
    assert found(*WELL) == []


@pytest.mark.parametrize(
    ("rows", "fault", "texts"),
    [
        (WELL[:2], Fault.LOST, ("Old Pier",)),
        ((*WELL[:2], ("Old Pier", 30, 1000, 300)), Fault.LOST, ("Old Pier",)),
        ((*WELL[:2], ("Old Pi", 30, 60, 300)), Fault.LOST, ("Old Pier",)),
        ((*WELL[:2], ("Old Pier", 11, 60, 300)), Fault.SMALL, ("Old Pier",)),
        ((*WELL[:2], ("Old Pier", 40, 90, 232)), Fault.COLLIDING, ("Friday, 9 pm", "Old Pier")),
    ],
    ids=["absent", "off the page", "cut short", "tiny", "overprinted"],
)
def test_each_fault_is_found(
    rows: tuple[tuple[str, float, float, float], ...], fault: Fault, texts: tuple[str, ...]
) -> None:
    findings = found(*rows)
    assert [(finding.fault, finding.texts) for finding in findings] == [(fault, texts)]
    assert findings[0].repairable


def test_tight_lines_and_shadows_of_a_text_are_no_collision() -> None:
    stacked = [
        (line, 60.0, 60.0, 60.0 + 54 * place)
        for place, line in enumerate(("Harbour Lights", "Friday, 9 pm", "Old Pier"))
    ]
    assert found(*stacked) == []
    assert found(*WELL, ("Harbour Lights", 90, 64, 64)) == []


def test_unrequested_texts_may_be_small() -> None:
    assert found(*WELL, ("9:41", 9, 900, 20)) == []


def test_small_is_measured_against_the_page() -> None:
    big = page(PROMPT, Size(2048, 2048)).job
    rows = tuple((text, size * 2, x, y) for text, size, x, y in WELL[:2])
    html = set_type(*rows, ("Old Pier", 20, 60, 600))
    assert [finding.fault for finding in proof.findings(big.canvas, big, html)] == [Fault.SMALL]


def test_letters_without_a_font_cannot_be_repaired() -> None:
    made = page("poster “தமிழ்”")
    findings = proof.findings(made.job.canvas, made.job, made.html)
    assert [finding.repairable for finding in findings if finding.fault is Fault.UNDRAWABLE] == [False]


@pytest.mark.parametrize("text", ["水の循環", "دورة الماء", "जल चक्र", "물의 순환", "Ёлка"])
def test_other_scripts_are_checked(text: str) -> None:
    made = page(f"poster “{text}”")
    assert proof.findings(made.job.canvas, made.job, made.html) == []


def test_checking_many_texts_is_fast() -> None:
    made = page("infographic " + " ".join(f"“Text number {number}”" for number in range(120)))
    proof.findings(made.job.canvas, made.job, made.html)
    started = time.process_time()
    made.job.canvas.measure(made.html, SQUARE.width)
    measured = time.process_time() - started
    started = time.process_time()
    proof.findings(made.job.canvas, made.job, made.html)
    assert time.process_time() - started < measured + 0.05
    assert engine() is engine()
