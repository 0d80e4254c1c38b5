"""The certificate recipe: recipient, signatures, and no invented text."""

import pytest
from tests.sketch.pages import EACH_SIZE, SQUARE, TALL, VARIATIONS, WIDE, page

from easel_sketch import Size

DIVER = (
    "Certificate “Certificate of Achievement” “Presented to” “Leila Haddad” “for completing the Open Water Course” "
    "signed “Dr. Ines Moura” date “12 June 2025” navy and gold"
)
HINDI = 'प्रमाणपत्र "सम्मान पत्र" "अनिता शर्मा" "उत्कृष्ट सेवा के लिए"'


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_every_text_is_there_and_nothing_overlaps(size: Size, index: int) -> None:
    assert page(DIVER, size, index).faults == []


@pytest.mark.parametrize("prompt", [HINDI])
@pytest.mark.parametrize("size", [SQUARE, TALL])
def test_other_prompts(prompt: str, size: Size) -> None:
    assert page(prompt, size).faults == []


def test_the_name_is_the_largest_text_but_for_the_title() -> None:
    heights = {run.text.strip(): run.bottom - run.top for run in page(DIVER, WIDE).runs}
    assert heights["Leila Haddad"] > 2 * heights["Presented to"]
    assert heights["Leila Haddad"] > heights["Certificate of Achievement"]


def test_signature_and_date_are_at_the_bottom_left_and_right() -> None:
    runs = {run.text.strip(): run for run in page(DIVER, WIDE).runs}
    signed, dated = runs["Dr. Ines Moura"], runs["12 June 2025"]
    assert signed.right < WIDE.width / 2 < dated.left
    assert min(signed.top, dated.top) > max(run.bottom for text, run in runs.items() if run not in (signed, dated))


def test_without_a_name_there_is_a_blank_line_and_no_invented_text() -> None:
    seen = page("A certificate of appreciation for volunteers, burgundy and gold", WIDE)
    assert seen.faults == []
    assert seen.words == seen.job.brief.title
    assert page("Wordless certificate, no text", WIDE).runs == ()


def test_very_many_texts() -> None:
    many = "Certificate “Deed” " + " ".join(f"“Clause {n} of the agreement among neighbours”" for n in range(30))
    assert page(many, WIDE).faults == []
