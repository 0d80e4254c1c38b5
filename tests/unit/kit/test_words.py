import pytest

from easel.kit.words import listed, nearest

QUALITIES = ["low", "medium", "high", "auto"]
FIELDS = ["quality", "aspect_ratio", "output_format", "background", "moderation", "input_images", "number_of_images"]
RATIOS = ["1:1", "3:2", "2:3"]


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("hihg", QUALITIES, "high"),
        ("HIGH", QUALITIES, "high"),
        ("Medium ", QUALITIES, "medium"),
        ("aspectRatio", FIELDS, "aspect_ratio"),
        ("aspect-ratio", FIELDS, "aspect_ratio"),
        ("outputFormat", FIELDS, "output_format"),
        ("input_image", FIELDS, "input_images"),
        ("numberOfImages", FIELDS, "number_of_images"),
        ("jpg", ["webp", "png", "jpeg"], "jpeg"),
        ("gpt-image2", ["gpt-image-2", "gpt-image-1.5"], "gpt-image-2"),
        ("gpt-image-1-5", ["gpt-image-2", "gpt-image-1.5"], "gpt-image-1.5"),
        ("xyzzy", QUALITIES, None),
        ("", QUALITIES, None),
        ("16:9", QUALITIES, None),
        ("high", [], None),
        ("16:9", [], None),
        ("h" * 1_000_000, QUALITIES, None),
    ],
)
def test_the_nearest_word_is_the_one_spelled_most_alike(word: str, known: list[str], near: str | None) -> None:
    assert nearest(word, known) == near


@pytest.mark.parametrize(
    ("ratio", "near"),
    [
        ("16:9", "3:2"),
        ("9:16", "2:3"),
        ("4:4", "1:1"),
        ("4:3", "3:2"),
        ("3:4", "2:3"),
        ("5:4", "3:2"),
        ("11:10", "1:1"),
        ("21:9", "3:2"),
        ("1920x1080", "3:2"),
        ("1080×1920", "2:3"),
        ("512/512", "1:1"),
        (" 6:4 ", "3:2"),
    ],
)
def test_the_nearest_ratio_is_the_one_of_the_most_similar_shape(ratio: str, near: str) -> None:
    assert nearest(ratio, RATIOS) == near


@pytest.mark.parametrize("ratio", ["0:0", "16:0", "0:9", "1:-1", "9999999:1", "wide"])
def test_what_is_no_ratio_is_never_an_error(ratio: str) -> None:
    assert nearest(ratio, RATIOS) in {*RATIOS, None}


def test_known_words_may_come_from_any_iterable() -> None:
    assert nearest("16:9", iter(RATIOS)) == "3:2"


@pytest.mark.parametrize(
    ("words", "prose"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_a_list_reads_as_prose(words: list[str], prose: str) -> None:
    assert listed(words) == prose


def test_the_last_joint_can_be_and() -> None:
    assert listed(("a", "b", "c"), "and") == "a, b and c"
