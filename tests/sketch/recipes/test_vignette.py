"""The vignette recipe: the subjects of the brief in their place, without text."""

import pytest
from tests.sketch.pages import EACH_SIZE, VARIATIONS, WIDE, Page, page

from easel_sketch import Size
from easel_sketch.drawing import icons
from easel_sketch.drawing.shown import names_in
from easel_sketch.parts.scene_objects import SceneObjects, scene_objects

READING = "Illustration of a fox reading a book under a tree"
FUR = "#ff7a18"


def parts(prompt: str) -> SceneObjects:
    return scene_objects(page(prompt).job)


def shown(drawn: Page) -> frozenset[str]:
    return names_in(drawn.html)


@pytest.mark.parametrize("size", EACH_SIZE, ids=str)
@pytest.mark.parametrize("index", VARIATIONS)
def test_there_is_no_text_and_the_fox_has_a_body_in_its_colours(size: Size, index: int) -> None:
    drawn = page(READING, size, index)
    assert drawn.faults == []
    assert drawn.words == ""
    assert FUR in drawn.html


def test_a_rider_is_on_the_animal() -> None:
    (rider,) = parts("An astronaut riding a horse, watercolor").figures
    assert rider.thing.name == "astronaut"
    assert rider.relation == "rides"
    assert rider.base is not None
    assert rider.base.thing.name == "horse"


@pytest.mark.parametrize(
    ("prompt", "name", "relation", "base"),
    [
        ("a cat on a chair", "cat", "on", "chair"),
        ("a dog under a tree", "dog", "under", "deciduous-tree"),
        ("an owl above a house", "owl", "above", "house"),
    ],
)
def test_what_is_on_under_or_above_a_thing_is_one_group_with_it(
    prompt: str, name: str, relation: str, base: str
) -> None:
    found = parts(prompt)
    (actor,) = found.actors
    assert (actor.thing.name, actor.relation) == (name, relation)
    assert actor.base is not None
    assert actor.base.thing.name == base
    assert {name, base} <= shown(page(prompt))


@pytest.mark.parametrize("count", ["three", "five", "nine"])
def test_there_are_as_many_as_asked_for(count: str) -> None:
    drawn = page(f"{count} cats in a meadow")
    assert drawn.html.count('data-drawn="cat"') == {"three": 3, "five": 5, "nine": 9}[count]


def test_clothes_and_glasses_are_worn_in_their_colours() -> None:
    (bear,) = parts("a bear wearing glasses, a green sweater and a top hat").figures
    assert [garment.kind for garment in bear.worn] == ["eyes", "sweater", "hat"]
    drawn = page("a bear wearing glasses, a green sweater and a top hat")
    assert {"glasses", "top-hat", "bear"} <= shown(drawn)
    assert bear.worn[1].tone in drawn.html


def test_a_red_fox_has_its_own_fur_and_a_blue_one_has_not() -> None:
    assert parts("a red fox").figures[0].tint == ""
    assert parts("a blue fox").figures[0].tint != ""


def test_what_is_held_is_in_the_hands_and_nowhere_else() -> None:
    found = parts("a fox holding a guitar")
    assert [actor.thing.name for actor in found.actors] == ["fox"]
    assert found.figures[0].held is not None
    assert "guitar" in shown(page("a fox holding a guitar"))


@pytest.mark.parametrize("face", ["smiling", "angry", "crying", "sleeping", "surprised"])
@pytest.mark.parametrize("who", ["fox", "girl", "lemon"])
def test_an_expression_is_on_animals_people_and_fruit(face: str, who: str) -> None:
    assert face in shown(page(f"a {face} {who}"))


def test_an_expression_that_an_icon_cannot_show_is_not_said_to_be_drawn() -> None:
    assert "angry" not in shown(page("an angry elephant"))


def test_a_single_thing_fills_the_page_on_a_calm_ground() -> None:
    drawn = page("a violin", WIDE)
    assert "calm-light" in drawn.html
    assert "calm-light" not in page("a wolf", WIDE).html


def test_an_animal_with_furniture_is_indoors() -> None:
    assert 'id="sky"' not in page("a cat on a chair").html


def test_a_place_is_the_backdrop_and_no_icon() -> None:
    names = shown(page("a crab on the beach"))
    assert "beach" in names
    assert "beach-with-umbrella" not in names


def test_a_room_is_the_backdrop_of_its_figures() -> None:
    drawn = page("a beaver wearing a necktie in a library")
    assert {"library", "beaver", "necktie", "bookshelf"} <= shown(drawn)


def test_figures_are_found_in_other_languages() -> None:
    for prompt, name in (
        ("Ilustración de un gato en el bosque", "cat"),
        ("一只猫坐在月光下的屋顶上，插画", "cat"),
        ("Иллюстрация: девочка в осеннем лесу", "girl"),
    ):
        assert parts(prompt).figures[0].thing.name == name


def test_the_hour_and_the_place_change_the_scene() -> None:
    assert page("Illustration of a bear at night").html != page("Illustration of a bear at noon").html
    assert page("Illustration of a bear in a forest").html != page("Illustration of a bear at the sea").html


def test_the_images_of_a_job_differ_in_place_and_size_not_by_mirroring() -> None:
    drawn = [page("a wolf", WIDE, index).html for index in range(4)]
    assert len(set(drawn)) == 4
    places = ({"hills", "meadow"}, {"lake"}, {"forest"}, {"mountains"})
    assert all(names <= names_in(html) for names, html in zip(places, drawn, strict=True))


def test_without_a_drawable_thing_there_is_no_unrelated_icon() -> None:
    assert page("Illustration of serendipity").words == ""
    assert parts("Illustration of serendipity").actors == []


def test_quoted_texts_are_set_whole() -> None:
    drawn = page("Illustration of a fox, “Good night” “Sleep well”")
    assert drawn.faults == []
    assert "Good night" in drawn.words


def test_a_bowl_of_food_is_its_own_drawing() -> None:
    assert "steaming-bowl" in shown(page("a bowl of Pho"))
    assert "red-apple" not in shown(page("a bowl of Pho"))
    assert "cherries" in shown(page("a bowl of cherries"))
    assert shown(page("some food on a plate")) >= {"curry-rice", "plate"}
    assert "candle" in shown(page("a birthday cake with candles"))


def test_what_flies_stands_on_what_it_is_on() -> None:
    scene = parts("pigeons on a bench")
    assert [one.thing.name for one in scene.figures] == ["dove"]
    assert not scene.sky


def test_parents_are_taller_than_their_children() -> None:
    father, son = parts("a father and a son").figures
    assert (father.thing.name, son.thing.name) == ("man", "boy")
    assert father.high > son.high


@pytest.mark.parametrize(("prompt", "held"), [("a girl with a balloon", "balloon"), ("a guard holding a flag", "flag")])
def test_what_is_held_may_fly_or_be_large(prompt: str, held: str) -> None:
    (figure,) = parts(prompt).figures
    assert figure.held
    assert figure.held.thing.name == held


def test_rain_falls_from_a_grey_sky_without_a_sun() -> None:
    html = page("an elephant in the rain").html
    assert "#5f6b7a" in html
    assert 'id="halo"' not in html


def test_fruit_can_wear_sunglasses() -> None:
    (fruit,) = parts("an avocado with sunglasses").actors
    assert [one.kind for one in fruit.worn] == ["eyes"]


def test_a_swan_swims_on_its_lake() -> None:
    lake = page("a swan on a lake").html
    assert shown(page("a swan on a lake")) >= {"swan", "lake"}
    assert lake.index('data-drawn="swan"') > lake.index('data-drawn="lake')


def test_a_fish_is_in_its_bowl() -> None:
    scene = parts("a goldfish in a bowl")
    (fish,) = scene.actors
    assert (fish.relation, fish.base and fish.base.thing.name) == ("in", "bowl")
    assert shown(page("a goldfish in a bowl")) >= {"tropical-fish", "bowl"}


@pytest.mark.parametrize(
    ("prompt", "shows"),
    [
        ("a basket of bread", {"basket", "bread"}),
        ("eggs in a basket", {"basket", "egg"}),
        ("a basket of apples", {"basket", "red-apple"}),
        ("a lamp on a table next to a sofa", {"lamp", "table", "sofa"}),
        ("a boy sleeping in a bed", {"boy", "bed"}),
    ],
)
def test_vessels_and_furniture_are_drawn_with_what_is_in_and_on_them(prompt: str, shows: set[str]) -> None:
    assert shown(page(prompt)) >= shows


def test_a_christmas_tree_is_no_plain_pine() -> None:
    assert icons.drawing("christmas-tree")[:80] in page("a christmas tree with presents").html


def test_white_is_no_shade_of_fur() -> None:
    (horse,) = parts("a white horse").figures
    assert horse.tint
    (fox,) = parts("a red fox").figures
    assert not fox.tint


def test_who_looks_out_of_a_window_is_in_a_room() -> None:
    html = page("a cat looking out of the window").html
    assert 'id="floor"' in html
    assert names_in(html) >= {"cat", "window"}


def test_fish_in_the_sea_are_under_water() -> None:
    assert "underwater" in shown(page("a shark in the sea"))
    assert "underwater" not in shown(page("dolphins in the sea"))


def test_a_desk_with_its_laptop_is_drawn_once() -> None:
    (desk,) = parts("a laptop on a wooden desk").actors
    assert desk.shows.split() == ["laptop", "desk"]


def test_only_what_is_under_water_is() -> None:
    assert "underwater" not in shown(page("a polar bear under the northern lights"))
    assert "underwater" in shown(page("a diver under the sea"))


def test_what_is_over_the_moon_is_in_the_sky() -> None:
    names = shown(page("a cow jumping over the moon"))
    assert names >= {"cow", "full-moon", "moon", "hills"}


def test_a_witch_has_her_broom() -> None:
    (witch,) = parts("a witch flying on a broom").actors
    assert witch.shows.split() == ["witch", "broom"]
