"""The things that prompts ask for, what they are drawn as, and what is said about them."""

from typing import Any

import pytest

from easel_sketch import library
from easel_sketch.reading import brief, nouns
from easel_sketch.reading.subjects import Subject, subjects
from easel_sketch.report import report

SCENES: dict[str, list[dict[str, Any]]] = {
    "Two black cats sleeping on a red sofa next to a window, moonlight": [
        {"words": "black cats", "drawing": "black-cat", "count": 2, "face": "sleeping"},
        {"words": "sofa", "colour": "red", "relation": "on"},
        {"words": "window", "relation": "beside"},
    ],
    "an old man fishing from a wooden pier at dawn, mist over the lake": [
        {"words": "old man", "drawing": "old-man"},
        {"words": "pier", "place": "harbour"},
        {"words": "mist"},
        {"words": "lake", "place": "lake"},
    ],
    "a set of emoji with happy, angry and sobbing faces": [
        {"words": "faces", "face": "smiling"},
        {"words": "faces", "face": "angry"},
        {"words": "faces", "face": "crying"},
    ],
    "a badger wearing glasses, a vest and a crown, in a library": [
        {"words": "badger"},
        {"words": "glasses", "relation": "wears"},
        {"words": "vest", "relation": "wears"},
        {"words": "crown", "relation": "wears"},
        {"words": "library", "place": "library"},
    ],
    "an astronaut riding a horse on Mars": [
        {"words": "astronaut"},
        {"words": "horse", "relation": "rides"},
        {"words": "mars", "place": "mars"},
    ],
    "a chef making sushi": [{"words": "chef", "drawing": "cook"}, {"words": "sushi"}],
    "portrait of a bearded sailor smoking a pipe, oil painting": [{"words": "sailor"}, {"words": "pipe"}],
    "a glass of orange juice and two croissants": [
        {"words": "glass of orange juice"},
        {"words": "croissants", "count": 2},
    ],
    "an orange balloon and an orange": [{"words": "balloon", "colour": "orange"}, {"words": "orange"}],
    "a tiny house under a huge mushroom": [
        {"words": "house", "size": "tiny"},
        {"words": "mushroom", "size": "huge", "relation": "under"},
    ],
    "a fox in deep blue and gold, flat style": [{"words": "fox"}],
    "a vase of flowers, olive and cream": [{"words": "vase of flowers"}],
    "two white cats sleeping curled up": [{"words": "cats", "colour": "white", "face": "sleeping"}],
    "a red cube on top of a blue cube": [
        {"words": "cube", "colour": "red"},
        {"words": "cube", "colour": "blue", "relation": "on"},
    ],
    "a train crossing a bridge": [{"words": "train"}, {"words": "bridge"}],
    "kids building a house": [{"words": "kids", "drawing": "child"}, {"words": "house"}],
    "a black and white photo of a lighthouse": [{"words": "lighthouse"}],
    "a flock of birds over a field": [{"words": "birds", "count": 5}, {"words": "field", "relation": "above"}],
    "the moon's surface and the dog’s bowl": [{"words": "moon"}, {"words": "bowl"}],
    "a red rose, single, on black": [{"words": "rose", "colour": "red"}],
    "an iPhone and AirPods near Darth Vader": [{"words": "iphone"}, {"words": "AirPods"}, {"words": "Darth Vader"}],
    "a mouse beside a keyboard": [{"drawing": "computer-mouse"}, {"drawing": "keyboard", "relation": "beside"}],
    "a fat cat and a red fox": [{"words": "cat", "near": ""}, {"words": "red fox", "near": "", "colour": "red"}],
    "a man wearing a hat and a dog": [{"words": "man"}, {"relation": "wears"}, {"words": "dog", "relation": ""}],
    "a snowman with a carrot nose": [{"words": "snowman with carrot nose", "drawing": "snowman", "near": "snowman"}],
    "A portrait of a cat: fluffy, big ears": [{"words": "cat"}, {"words": "ears"}],
    "a café in San Francisco": [{"place": "cafe"}, {"place": "city", "near": "city"}],
    "a circular logo": [{"words": "circle", "drawing": "circle"}],
    "twelve balloons and dozens of penguins": [{"count": 12}, {"words": "penguins", "count": 12}],
    "a poster for a jazz festival and an astronomy club": [{"drawing": "saxophone"}, {"drawing": "telescope"}],
    "a house with a green roof and a red door": [{"words": "house with green roof and red door", "near": "house"}],
    "a cat with a happy face": [{"words": "cat", "face": "smiling"}],
    "a mermaid on a rock": [{"words": "mermaid"}, {"words": "rock", "drawing": "rock"}],
    "serenity": [{"words": "serenity"}],
    "serenity in a garden": [{"words": "garden", "place": "garden"}],
    "Icon set of three things: map, tent, canoe": [{"words": "map"}, {"words": "tent"}, {"words": "canoe"}],
}


def said(subject: Subject, entry: dict[str, Any]) -> dict[str, Any]:
    return {key: getattr(subject, key) for key in entry}


@pytest.mark.parametrize("prompt", SCENES)
def test_a_prompt_names_its_things(prompt: str) -> None:
    found = subjects(prompt)
    assert [said(one, entry) for one, entry in zip(found, SCENES[prompt], strict=True)] == SCENES[prompt]


def test_what_is_unwanted_is_no_subject() -> None:
    read = brief.read("children in a park, no dogs")
    assert [one.words for one in read.subjects] == ["children", "park"]


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("capybaras", nouns.THING),
        ("red", nouns.SELDOM),
        ("peace", nouns.NAMELESS),
        ("brisk", nouns.OTHER),
        ("guarding", nouns.OTHER),
        ("flurbish", nouns.UNKNOWN),
    ],
)
def test_wordnet_tells_things_from_other_words(word: str, part: str) -> None:
    assert nouns.part_of(word) == part


@pytest.mark.parametrize(
    ("prompt", "near"),
    [
        ("a guinea pig", "rodent"),
        ("a chihuahua", "dog"),
        ("a margarita", "cocktail"),
        ("a service elevator", "elevator"),
        ("a barista", ""),
        ("a cat", ""),
    ],
)
def test_a_thing_without_a_drawing_is_drawn_as_the_nearest_wider_one(prompt: str, near: str) -> None:
    (found,) = subjects(prompt)
    assert found.drawing
    assert found.near == near


def test_a_report_says_what_became_of_each_thing() -> None:
    read = brief.read("a cat, a chihuahua and a flurbish")
    told = report(read, {"cat", "dog"})
    assert told.as_data() == {
        "drawn": ["cat"],
        "near": [{"asked": "chihuahua", "drawn_as": "dog"}],
        "missing": ["flurbish"],
    }
    assert told.sentences() == ("Not drawn: flurbish.", "Chihuahua: drawn as a dog.")


def test_a_thing_that_is_printed_is_drawn_in_words() -> None:
    read = brief.read("Timeline of the printing press")
    assert report(read, ()).as_data()["missing"] == []


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a photo of a cat", "no photographs"),
        ("a cat in the style of Rembrandt", "manner of an artist"),
        ("pixel art of a cat", "style asked for: pixel art"),
    ],
)
def test_what_no_drawing_has_is_said_once(prompt: str, words: str) -> None:
    read = brief.read(prompt)
    sentences = report(read, {"cat"}).sentences()
    assert sum(words in sentence for sentence in sentences) == 1


def test_every_wider_word_of_the_table_is_in_wordnet() -> None:
    table = library.table("nouns")["near"]
    assert not [
        word for found in table.values() for word in found if nouns.part_of(word) in (nouns.UNKNOWN, nouns.OTHER)
    ]
