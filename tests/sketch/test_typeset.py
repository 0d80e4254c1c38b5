"""Line breaks and headlines that fit."""

import pytest
from tests.sketch.pages import page

from easel_sketch.drawing.commission import Commission
from easel_sketch.reading.phrases import phrases
from easel_sketch.type import typeset


@pytest.fixture(scope="module")
def job() -> Commission:
    return page("poster “Harbour Lights 东京 映画”").job


def lines(job: Commission, text: str, width: float, size: float = 40) -> list[str]:
    """The lines of a text in a column of this width."""
    made = typeset.measured(job.canvas, typeset.block(text, job.faces.body, size, "#000"), width)
    rows: dict[int, str] = {}
    for run in made.runs:
        rows[round(run.bottom / size)] = rows.get(round(run.bottom / size), "") + run.text
    return [row.strip() for row in rows.values()]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Every Saturday: 8 AM - 2 PM", ("8 AM", "2 PM")),
        ("Eagle Lake trail 12 km and back", ("12 km",)),
        ("A well-known step-by-step guide", ("well-known", "step-by-step")),
        ("Now 50 % off everything you see", ("50 %",)),
    ],
)
@pytest.mark.parametrize("width", [230, 300, 370, 460])
def test_no_break_before_units_and_dashes(job: Commission, text: str, kept: tuple[str, ...], width: float) -> None:
    broken = lines(job, text, width)
    assert " ".join(" ".join(broken).split()) == text
    for part in kept:
        assert any(part in line for line in broken), (part, broken)
    assert not any(line.startswith(("-", "–")) for line in broken)


def test_the_last_line_is_not_one_short_word(job: Commission) -> None:
    for width in range(260, 620, 40):
        last = lines(job, "When courage means sailing into the sea", width)[-1]
        assert last != "sea"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("东京国际电影节", ["东京", "国际", "电影节"]),
        ("拯救我们的海洋", ["拯救我们的", "海洋"]),
        ("喫茶店の一日", ["喫茶店の", "一日"]),
        ("東京国際映画祭のポスター", ["東京国際", "映画祭の", "ポスター"]),
        ("新しい朝が来た", ["新しい", "朝が", "来た"]),
        ("本地烘焙，始于1998", ["本地", "烘焙，", "始于", "1998"]),
        ("“茶”の時間", ["“茶”", "の", "時間"]),
        ("", []),
    ],
)
def test_chinese_and_japanese_come_in_phrases(text: str, pieces: list[str]) -> None:
    assert phrases(text) == pieces


@pytest.mark.parametrize("text", ["漢" * 500, "ア" * 500, "あ漢ア1，" * 200, "（「" * 200, "a b 東京 c" * 50])
def test_phrases_join_to_the_text(text: str) -> None:
    pieces = phrases(text)
    assert "".join(pieces) == text
    assert all(pieces)


@pytest.mark.parametrize("text", ["东京国际电影节", "拯救我们的蓝色海洋", "喫茶店の一日の物語"])
def test_a_headline_breaks_between_phrases(job: Commission, text: str) -> None:
    made = typeset.headline(job.canvas, text, job.faces.head, 420, 900, most=260)
    assert len(made.lines) > 1
    ends, at = set(), 0
    for piece in phrases(text):
        at += len(piece)
        ends.add(at)
    cuts, at = set(), 0
    for line in made.lines:
        at += len(line)
        cuts.add(at)
    assert cuts <= ends


def test_a_short_headline_stays_on_one_line(job: Commission) -> None:
    assert typeset.headline(job.canvas, "茶时光", job.faces.head, 600, 600, most=200).lines == ("茶时光",)
    assert typeset.headline(job.canvas, "8 AM", job.faces.head, 300, 600, most=200).lines == ("8 AM",)


def test_a_word_longer_than_a_line_is_broken(job: Commission) -> None:
    text = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    broken = lines(job, text, 300)
    assert "".join(broken).replace("\u200b", "") == text
    assert len(broken) > 1


def test_markup_is_escaped() -> None:
    assert "<b>" not in typeset.markup("<b>9 km & more-than-this</b>")
    assert "&amp;" in typeset.markup("a & b")
