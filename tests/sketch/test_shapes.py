"""Parts of given texts, recognised by their form."""

import pytest

from easel_sketch.reading import shapes


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rye Loaf 4.20", ("Rye Loaf", "4.20")),
        ("Apfelkuchen 3,80 €", ("Apfelkuchen", "3,80 €")),
        ("Revenue € 1,840", ("Revenue", "€ 1,840")),
        ("Waste 3 %", ("Waste", "3 %")),
        ("肉桂卷 18元", ("肉桂卷", "18元")),
        ("Rye Loaf", None),
        ("4.20", None),
        ("7:00 Breakfast", None),
    ],
)
def test_a_name_and_its_value(text: str, parts: tuple[str, str] | None) -> None:
    assert shapes.valued(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1903 Powered flight", ("1903", "Powered flight")),
        ("May 1969 Rehearsal", ("May 1969", "Rehearsal")),
        ("Apollo 11 lands", None),
        ("1903: Powered flight", None),  # the colon belongs to the text
    ],
)
def test_a_date_and_its_event(text: str, parts: tuple[str, str] | None) -> None:
    assert shapes.dated(text) == parts


def test_years_and_dates_alone() -> None:
    assert all(map(shapes.is_moment, ("1972", "27 BC", "12 May 1969", "8:00", "Q3", "2011年")))
    assert not any(map(shapes.is_moment, ("Apollo 11", "1972 Founded", "Founded")))


def test_two_names_and_the_word_between_them() -> None:
    assert shapes.couple("Anna & Jonas") == ("Anna", "&", "Jonas")
    assert shapes.couple("Anna") is None


def test_the_day_of_a_date() -> None:
    assert shapes.around_day("Saturday 12 June") == ("Saturday", "12", "June")
    assert shapes.around_day("3 pm") is None


def test_the_ends_of_a_span_of_years() -> None:
    assert shapes.years_between("from 1961 to 1989") == ("1961", "1989")
    assert shapes.years_between("1961–1989") == ("1961", "1989")
    assert shapes.years_between("from 1961 to today") is None
