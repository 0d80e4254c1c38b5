import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.kit.strictjson import MAX_DEPTH, NotStrictJson, parse


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "not valid JSON"),
        (b" \n", "not valid JSON"),
        (b"prompt", "not valid JSON"),
        (b"{'a': 1}", "not valid JSON"),
        (b'{"a": 1,}', "not valid JSON"),
        (b"[1] 2", "not valid JSON"),
        (b'{"a": 1', "line 1, column 7"),
        (b'{\n"a": tru\n}', "line 2, column 9"),
        ('{"ä": 1 "🐻"}'.encode(), "line 1, column 9"),
        (b'"\x00"', "not valid JSON"),
        (b'{"prompt": "a\\u0000b"}', "NUL character"),
        (b'{"a\\u0000": 1}', "NUL character"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (b"\xff", "not UTF-8 (byte 0)"),
        (b'{"a": "\xc3"}', "not UTF-8 (byte 7)"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        (b"NaN", "NaN is not a JSON number"),
        (b'{"a": [NaN]}', "NaN is not a JSON number"),
        (b"Infinity", "Infinity is not a JSON number"),
        (b"-Infinity", "Infinity is not a JSON number"),
        (b"1e999", "too large"),
        (b'{"a": [-1e999]}', "too large"),
        (b"9" * 5_000 + b".0", "too many digits"),
        (b"9" * 5_000, "too many digits"),
        (b'{"a": -' + b"1" * 5_000 + b"}", "too many digits"),
        (b'{"a": 1, "a": 2}', 'duplicate key "a" at line 1, column'),
        (b'{"a": 1, "\\u0061": 1}', 'duplicate key "a" at line 1, column'),
        (b'[{"b": {"c": 1, "c": 1}}]', 'duplicate key "c" at line 1, column'),
        (b'{"%s": 1, "%s": 1}' % (b"a" * 9_000, b"a" * 9_000), "aaa at line 1, column"),
        (b'{"": 1, "": 1}', 'duplicate key "" at line 1, column'),
        (b'"\\ud800"', "surrogate"),
        (b'"\\udc00\\ud800"', "surrogate"),
        (b'{"\\udfff": 1}', "surrogate"),
        (b'{"a": [{"b": "x\\ud83d"}]}', "surrogate"),
    ],
)
def test_what_a_lenient_parser_lets_through_is_refused(body: bytes, sentence: str) -> None:
    with pytest.raises(NotStrictJson) as refusal:
        parse(body)
    assert sentence.lower() in str(refusal.value).lower()


@pytest.mark.parametrize("body", [b'"\x01"', b'"open', b'{"a', b"[1,]", b"{1: 2}", b"", b"nul"])
def test_a_refusal_is_a_whole_sentence(body: bytes) -> None:
    with pytest.raises(NotStrictJson) as refusal:
        parse(body)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert " at at " not in sentence


@pytest.mark.parametrize(
    ("opening", "inside", "closing"),
    [("[", "", "]"), ("[", "1", "]"), ("[1, ", '"text"', "]"), ('{"a":', "1", "}"), ('{"a":', "null", "}")],
)
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, MAX_DEPTH + 2, 1_000, 100_000])
def test_deep_nesting_is_refused(depth: int, opening: str, inside: str, closing: str) -> None:
    body = opening * depth + inside + closing * depth
    with pytest.raises(NotStrictJson, match=r"nested deeper than 32 levels|more than 50,000 values"):
        parse(body.encode())


@pytest.mark.parametrize("inside", ["", "1"])
def test_nesting_up_to_the_limit_comes_through(inside: str) -> None:
    body = "[" * MAX_DEPTH + inside + "]" * MAX_DEPTH
    assert parse(body.encode()) == json.loads(body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"null", None),
        (b' {"a" : [1, 2.5, true, null, "x"] } \n', {"a": [1, 2.5, True, None, "x"]}),
        ('{"prompt": "ein Bär 🐻"}'.encode(), {"prompt": "ein Bär 🐻"}),
        (b'"\\ud83d\\udc3b"', "🐻"),
        (b'{"a": {"b": 1}, "c": {"b": 1}}', {"a": {"b": 1}, "c": {"b": 1}}),
        (b'{"a": 1, "A": 2}', {"a": 1, "A": 2}),
        (b'"NaN"', "NaN"),
        (b"1e308", 1e308),
        (b"4.0", 4.0),
        (b"-0", 0),
        (b"9" * 4_000, int("9" * 4_000)),
    ],
)
def test_good_json_comes_through(body: bytes, value: object) -> None:
    assert parse(body) == value


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=40, database=None, derandomize=True, deadline=None)
@given(json_values)
def test_whatever_is_written_strictly_is_read_back(value: object) -> None:
    assert parse(json.dumps(value, allow_nan=False).encode()) == value


@settings(max_examples=40, database=None, derandomize=True, deadline=None)
@given(st.binary(max_size=40) | st.text(alphabet='{}[]":,0e-.\\uNaIf ', max_size=40).map(str.encode))
def test_no_bytes_bring_anything_but_a_sentence(body: bytes) -> None:
    try:
        parse(body)
    except NotStrictJson as refusal:
        assert str(refusal)
