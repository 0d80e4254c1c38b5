"""Images of the engine: size, repeatability, and complete texts."""

import hashlib
import os
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations

import pytest
from tests.support.samples import one_in

from easel_sketch import RAW_RGBA, Image, Request, Size, library
from easel_sketch.engine import PLACED_AS_IS, Engine

SQUARE, WIDE, TALL = Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)
SMALL = Size(256, 256)
WORK = Request("A poster about the sea", SQUARE, "low", "auto", "png", model="gpt-image-2")
PROMPTS = {
    "infographic": "Infographic explaining how tides work, clean style",
    "poster": 'Concert poster "MOON RIVER" "Friday, 9 pm" "Old Harbour"',
    "packaging": 'Product label for "Plum Jam" and "Small batch, 250 g"',
    "landscape": "Mountains at dawn",
}
TEXTED = [
    'A street sign "CENTRAL PARK - 2 BLOCKS" below "FRESH BREWS, EVERY MORNING"',
    "A shop window reading 'Grandma’s Bakery' with 'Open 7 am - 6 pm' and 'Today: rye, spelt & oat'",
    'Slide titled "Q3 Results" with "Revenue +12%", "Costs -4%", "Churn 1.8%", "Next: step-by-step rollout"',
    'Poster "THE LAST VOYAGE" "When courage means sailing into the unknown" "In cinemas October 6"',
    'Infographic "5 Habits" "Listen first" "Share credit" "Plan weekly" "Rest often" "Celebrate wins"',
    'Quote card "The best way to predict the future is to invent it." "Alan Kay"',
    'Menu "Garden Bistro" '
    + " ".join(f'"Dish {i}: roasted roots with herbs and honey" "{i + 8}.50"' for i in range(9)),
    'Newspaper page "' + "The river rose in the night and the town moved uphill. " * 14 + '"',
    "一张海报，标题“每日新鲜烘焙”，副标题“本地烘焙，始于1998”，底部“中央公园 - 2公里”",
    "信息图“水的循环”，标签“蒸发”、“凝结”、“降水”、“汇集”",
    'Sale banner "SALE" "SALE" "SALE" "Up to 50% off <everything> & more"',
    'Label "' + "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3 + '" "x"',
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def red_png(w: int, h: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\xff\x00\x00" * w) * h)
    header = struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def corner_alphas(picture: Image) -> set[int]:
    w, h = picture.size.width, picture.size.height
    return {picture.data[4 * (y * w + x) + 3] for x in (0, w - 1) for y in (0, h - 1)}


@pytest.mark.parametrize("size", one_in(3, (SQUARE, WIDE, TALL)), ids=str)
@pytest.mark.parametrize("kind", PROMPTS)
def test_every_kind_has_every_size(engine: Engine, kind: str, size: Size) -> None:
    work = replace(WORK, prompt=PROMPTS[kind], size=size)
    assert engine.commission(work, 0).brief.kind == kind
    picture = engine.draw(work, 0)
    assert (picture.media_type, picture.size) == (RAW_RGBA, size)
    assert len(picture.data) == size.width * size.height * 4
    assert set(picture.data[3::4]) == {255}
    assert picture.warnings == ()


@pytest.mark.proof
@pytest.mark.parametrize("size", [SQUARE, WIDE, TALL], ids=str)
@pytest.mark.parametrize("prompt", TEXTED)
def test_every_quoted_text_is_on_the_picture(engine: Engine, prompt: str, size: Size) -> None:
    for index in range(2):
        work = replace(WORK, prompt=prompt, size=size, quality="high")
        job, _, findings = engine.laid_out(work, index)
        assert job.brief.quotes
        assert findings == []


@pytest.mark.proof
def test_the_same_work_gives_the_same_picture_in_another_process(engine: Engine) -> None:
    script = (
        "import hashlib\n"
        "from easel_sketch import Size, Request\n"
        "from easel_sketch.engine import Engine\n"
        f"work = {WORK!r}\n"
        "print(hashlib.sha256(Engine().draw(work, 0).data).hexdigest())\n"
    )
    elsewhere = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    first, again = engine.draw(WORK, 0), engine.draw(WORK, 0)
    assert first == again
    assert elsewhere.stdout.strip() == hashlib.sha256(first.data).hexdigest()


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=list(PROMPTS))
def test_pictures_of_one_job_are_variations_not_copies(engine: Engine, prompt: str) -> None:
    work = replace(WORK, prompt=prompt, size=SMALL)
    pictures = [engine.draw(work, index).data for index in range(4)]
    for one, other in combinations(pictures, 2):
        different = sum(a != b for a, b in zip(one[::97], other[::97], strict=True))
        assert different > len(one[::97]) * 0.05


def test_quality_changes_the_drawing(engine: Engine) -> None:
    work = replace(WORK, prompt=PROMPTS["infographic"])
    low, medium, high, auto = (
        engine.laid_out(replace(work, quality=quality), 0)[1].html for quality in ("low", "medium", "high", "auto")
    )
    assert len(low) < len(medium) < len(high)
    assert engine.commission(replace(work, quality="auto"), 0).detail == 2
    assert auto != low


@pytest.mark.parametrize("prompt", ["Sticker of a happy avocado", 'logo "NORTH" "' + "words and " * 20 + '"'])
def test_a_transparent_picture_has_nothing_in_its_corners(engine: Engine, prompt: str) -> None:
    picture = engine.draw(replace(WORK, prompt=prompt, background="transparent", quality="high"), 0)
    assert corner_alphas(picture) == {0}
    assert 255 in picture.data[3::4]


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        " \n\t",
        '"',
        "poster \ud800 \udfff \x00 \u202e",
        'poster "<b>bold</b></div><script>alert(1)</script>&amp;"',
        "infographic {x} %s {{}} ' \" ` url(javascript:1) </style>",
        "w" * 10_000,
        '"' + "w" * 10_000 + '"',
        "word " * 6_400,
    ],
    ids=["empty", "blank", "quote", "surrogates", "html", "braces", "long word", "quoted word", "long prompt"],
)
def test_a_hostile_prompt_still_gives_an_image(engine: Engine, prompt: str) -> None:
    picture = engine.draw(replace(WORK, prompt=prompt, size=SMALL), 0)
    assert len(picture.data) == 256 * 256 * 4


@pytest.mark.parametrize("kind", one_in(4, ["infographic", "poster", "menu", "card"]))
def test_hundreds_of_texts_are_all_there_and_said_to_be_small(engine: Engine, kind: str) -> None:
    prompt = kind + " ".join(f' "Sentence number {i} of many"' for i in range(500))
    picture = engine.draw(replace(WORK, prompt=prompt), 0)
    assert picture.warnings == ("500 of 500 texts had to be set very small.",)


@pytest.mark.proof
def test_texts_beyond_what_a_picture_takes_are_counted_too(engine: Engine) -> None:
    picture = engine.draw(replace(WORK, prompt="card " + " ".join(f'"Word {i}"' for i in range(700))), 0)
    assert "100 of 700 texts were left out: one picture takes 600." in picture.warnings


def test_texts_that_truly_do_not_fit_are_counted_in_a_warning(engine: Engine) -> None:
    prompt = "poster " + " ".join(f'"{"many words " * 60}number {i}"' for i in range(45))
    picture = engine.draw(replace(WORK, prompt=prompt, size=SMALL), 0)
    assert any("of 45 texts did not fit" in warning for warning in picture.warnings)


def test_characters_without_a_glyph_are_reported(engine: Engine) -> None:
    picture = engine.draw(replace(WORK, prompt='poster "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd"'), 0)
    assert any("no letters" in warning for warning in picture.warnings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("水", "火"),
        ("さくら", "ひかり"),
        ("한국", "사람"),
        ("سلام", "كتاب"),
        ("नमस्ते", "दुनिया"),
        ("שלום", "ספר"),
        ("ไทย", "เรา"),
        ("🎉", "🎂"),
    ],
)
def test_every_script_is_drawn_with_letters_of_its_own(engine: Engine, one: str, other: str) -> None:
    # A missing letter is drawn as the same empty box whatever it is.
    assert library.undrawable(one + other) == ""
    small = replace(WORK, size=SMALL)
    pictures = [engine.draw(replace(small, prompt=f'card "{text}"'), 0) for text in (one, other)]
    assert pictures[0].data != pictures[1].data
    assert pictures[0].warnings == pictures[1].warnings == ()


def test_input_pictures_are_placed_whole(engine: Engine) -> None:
    red = Image(red_png(64, 32), "image/png", Size(64, 32))
    work = replace(WORK, prompt="Make it look like winter", size=SMALL, inputs=(red, red))
    picture = engine.draw(work, 0)
    reds = sum(picture.data[i : i + 3] == b"\xff\x00\x00" for i in range(0, len(picture.data), 4))
    assert reds > 256 * 256 * 0.1
    assert picture.warnings == (PLACED_AS_IS,)


def test_importing_loads_no_fonts() -> None:
    script = "import sys, easel_sketch\nassert 'pytakumi' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.proof
def test_the_same_bytes_come_from_another_machine(engine: Engine) -> None:
    """It has no fonts, and a plainer processor."""
    machine = dict.fromkeys(("FONTCONFIG_FILE", "HOME", "XDG_DATA_HOME"), "/nonexistent")
    machine |= {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX", "VIPS_NOVECTOR": "1"}
    works = [
        replace(WORK, prompt=prompt, size=Size(384, 256), quality="high")
        for prompt in ("Poster “VISIT THE ALPS” at sunset", "Mountains and a lake at dawn", "海报“夏日祭”")
    ]
    script = (
        "import hashlib\n"
        "from easel_sketch import Size, Request\n"
        "from easel_sketch.engine import Engine\n"
        "engine = Engine()\n"
        f"print(*(hashlib.sha256(engine.draw(work, 0).data).hexdigest() for work in {works!r}))\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", script]
    there = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | machine).stdout.split()
    assert there == [hashlib.sha256(engine.draw(work, 0).data).hexdigest() for work in works]


def test_layouts_that_are_never_drawn_do_not_pile_up() -> None:
    own = Engine()
    with ThreadPoolExecutor(4) as pool:
        asked = [replace(WORK, prompt=f"Sign “{number}”", size=Size(256, 256)) for number in range(40)]
        assert len([*pool.map(own.explain, asked)]) == 40
    assert len(own._kept) == 16  # noqa: SLF001  what is kept cannot be seen from outside
