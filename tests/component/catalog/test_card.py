import re
from pathlib import Path

import pytest

from easel.catalog import CARDS, Catalog
from easel.catalog.card import load_card
from easel.domain import Size

GOOD = (CARDS / "gpt-image-1.5.toml").read_text("utf-8")


def card_file(folder: Path, text: str, name: str = "broken.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def changed(old: str, new: str) -> str:
    assert old in GOOD, old
    return GOOD.replace(old, new, 1)


def test_both_models_of_the_contract_are_for_sale_the_newest_first() -> None:
    catalog = Catalog.load()
    assert catalog.ids == ["gpt-image-2", "gpt-image-1.5"]
    assert [card.id for card in catalog] == catalog.ids


def test_a_card_is_found_by_its_id_only() -> None:
    catalog = Catalog.load()
    found = catalog.get("gpt-image-2")
    assert found is catalog["gpt-image-2"]
    assert catalog.get("GPT-IMAGE-2") is None
    with pytest.raises(KeyError):
        catalog["dall-e"]


@pytest.mark.parametrize(
    ("model", "params_object", "names"),
    [
        (
            "gpt-image-2",
            "gptImage2Params",
            "quality aspect_ratio output_format output_compression background moderation input_images mask "
            "number_of_images partial_images user safety_identifier",
        ),
        (
            "gpt-image-1.5",
            "gptImageParams",
            "quality aspect_ratio output_format output_compression background input_images mask input_fidelity "
            "number_of_images partial_images user safety_identifier",
        ),
    ],
)
def test_a_card_has_the_contracts_parameters_and_our_extensions(model: str, params_object: str, names: str) -> None:
    card = Catalog.load()[model]
    assert card.params_object == params_object
    assert list(card.parameters) == names.split()
    assert all(parameter.sentence.endswith(".") for parameter in card.parameters.values())


def test_a_card_knows_its_sizes() -> None:
    card = Catalog.load()["gpt-image-2"]
    assert [card.size(ratio) for ratio in ("1:1", "3:2", "2:3")] == [
        Size(1024, 1024),
        Size(1536, 1024),
        Size(1024, 1536),
    ]


def test_a_whole_card_loads(tmp_path: Path) -> None:
    assert load_card(card_file(tmp_path, GOOD)).id == "gpt-image-1.5"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(changed("high = 24\n", ""), "quality high has no price", id="a quality without a price"),
        pytest.param(changed("medium = 9\nhigh = 24\n", ""), "quality medium, high has no price", id="two of them"),
        pytest.param(changed("low = 4", "low = 0"), "credits.low", id="a price of nothing"),
        pytest.param(changed("low = 4", "low = -4"), "credits.low", id="a negative price"),
        pytest.param(changed("low = 4", "low = 4.5"), "credits.low", id="half a credit"),
        pytest.param(
            changed('"2:3" = { width = 1024, height = 1536 }', ""), "2:3 has no size", id="a ratio without a size"
        ),
        pytest.param(changed("width = 1536", "width = 0"), "sizes.3:2.width", id="a picture without width"),
        pytest.param(changed("width = 1536, ", ""), "sizes.3:2.width", id="half a size"),
        pytest.param(changed("width = 1536", "depth = 3, width = 1536"), "depth", id="a size with a third dimension"),
        pytest.param(changed('default = "auto"', 'default = "best"'), "'best' is not among", id="an illegal default"),
        pytest.param(changed("default = 1\n", "default = 0\n"), "default", id="a default below the minimum"),
        pytest.param(changed("default = 1\n", "default = 11\n"), "default", id="a default above the maximum"),
        pytest.param(changed("maximum = 10\n", "maximum = 0\n"), "maximum", id="a maximum below the minimum"),
        pytest.param(changed("maximum = 16", "maximum = 0"), "maximum", id="no room for an image"),
        pytest.param(changed('values = ["webp", "png", "jpeg"]', "values = []"), "values", id="nothing to choose"),
        pytest.param(changed('kind = "integer"', 'kind = "number"'), "kind", id="an unknown kind"),
        pytest.param('colour = "red"\n' + GOOD, "colour", id="an unknown key"),
        pytest.param(changed("maximum = 10\n", "maximum = 10\nstep = 1\n"), "step", id="an unknown key of a parameter"),
        pytest.param(
            changed('parameter = "output_format"', 'parameter = "format"'), "format", id="a rule about nothing"
        ),
        pytest.param(
            changed('when = { background = "transparent" }', 'when = { ground = "transparent" }'),
            "ground",
            id="a rule that never applies",
        ),
        pytest.param(
            changed('values = ["png", "webp"]', 'values = ["tiff"]'), "tiff", id="a rule that asks for the impossible"
        ),
        pytest.param(
            changed("values = [100]", "values = [101]"), "output_compression 101", id="a number out of bounds"
        ),
        pytest.param(changed("values = [100]", 'values = ["no"]'), "output_compression no", id="a word for a number"),
        pytest.param(
            changed('parameter = "output_compression"', 'parameter = "input_images"'),
            "input_images 100",
            id="a rule about images",
        ),
        pytest.param(
            changed('beside = "input_images"', 'beside = "quality"'), "mask is beside quality", id="a mask of no image"
        ),
        pytest.param(changed('id = "gpt-image-1.5"\n', ""), "id", id="no id"),
        pytest.param(changed("prompt_max = 32000\n", ""), "prompt_max", id="no limit of the prompt"),
        pytest.param(changed('modality = "image"', 'modality = "video"'), "modality", id="another modality"),
        pytest.param(changed("[parameters.quality]", "[parameters.care]"), "quality", id="no quality"),
        pytest.param(changed("[parameters.aspect_ratio]", "[parameters.shape]"), "aspect_ratio", id="no aspect ratio"),
        pytest.param(
            changed("[parameters.number_of_images]", "[parameters.n]"), "number_of_images", id="no number of images"
        ),
        pytest.param("id = ", "broken.toml", id="not TOML"),
        pytest.param("", "id", id="an empty file"),
    ],
)
def test_an_incomplete_card_refuses_to_load_and_says_where(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)) as refusal:
        load_card(card_file(tmp_path, text))
    assert str(refusal.value).startswith("broken.toml: ")


def test_a_file_that_is_not_utf_8_refuses_to_load(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(b'id = "\xff"')
    with pytest.raises(ValueError, match=r"broken\.toml"):
        load_card(path)


def test_one_broken_card_stops_the_whole_catalog(tmp_path: Path) -> None:
    card_file(tmp_path, GOOD, "a.toml")
    card_file(tmp_path, "", "b.toml")
    with pytest.raises(ValueError, match=r"b\.toml"):
        Catalog.load(tmp_path)


def test_two_cards_of_one_id_refuse_to_load(tmp_path: Path) -> None:
    card_file(tmp_path, GOOD, "a.toml")
    card_file(tmp_path, GOOD, "b.toml")
    with pytest.raises(ValueError, match=r"gpt-image-1\.5"):
        Catalog.load(tmp_path)


def test_a_card_cannot_be_changed() -> None:
    card = Catalog.load()["gpt-image-2"]
    with pytest.raises(ValueError, match="frozen"):
        card.id = "other"
