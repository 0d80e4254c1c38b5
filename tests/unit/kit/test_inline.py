import base64

import pytest

from easel.kit.inline import NotInline, decode_inline, in_short, is_inline, tidied

DATA = bytes(range(256)) + b"\xfb\xff\xfe"
TEXT = base64.b64encode(DATA).decode()
SPELLINGS = {
    "usual": f"data:image/png;base64,{TEXT}",
    "another parameter": f"data:image/png;charset=utf-8;base64,{TEXT}",
    "another type": f"data:application/octet-stream;base64,{TEXT}",
    "no type": f"data:;base64,{TEXT}",
    "in capitals": f"DATA:image/png;BASE64,{TEXT}",
    "a space in its head": f"data:image/png; base64,{TEXT}",
    "lines": f"data:image/png;base64,\r\n{TEXT[:76]}\r\n{TEXT[76:]}\n",
    "spaces": f"data:image/png;base64, {TEXT[:9]} {TEXT[9:]}",
    "the alphabet of URLs": f"data:image/png;base64,{base64.urlsafe_b64encode(DATA).decode()}",
    "no padding": f"data:image/png;base64,{TEXT.rstrip('=')}",
    "too much padding": f"data:image/png;base64,{TEXT}==",
    "escaped": f"data:image/png;base64,{TEXT.replace('+', '%2B').replace('/', '%2F').replace('=', '%3D')}",
    "a comma in its head": f'data:image/png;name="a,b.png";base64,{TEXT}',
    "its head twice": f"data:image/png;base64,data:image/png;base64,{TEXT}",
    "Unicode's blanks": f"data:image/png;base64,{TEXT[:9]}\u00a0{TEXT[9:20]}\u200b{TEXT[20:]}\u2028\u2060\ufeff",
    "lines escaped twice": f"data:image/png;base64,{TEXT[:76]}\\r\\n{TEXT[76:]}\\n",
    "no word of base64": f"data:image/png,{TEXT}",
    "not base64": "data:image/png," + "".join(f"%{one:02X}" for one in DATA),
    "bare": TEXT,
    "bare, in lines": f"{TEXT[:76]}\n{TEXT[76:]}\n",
    "bare, in the alphabet of URLs": base64.urlsafe_b64encode(DATA).decode().rstrip("="),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_image_is_read_however_it_is_written_into_the_request(spelling: str) -> None:
    text = SPELLINGS[spelling]
    assert is_inline(text)
    assert decode_inline(text) == DATA
    assert len(in_short(text)) < 120
    assert TEXT not in in_short(text)


DRESSES = {
    "blanks": "  {} ",
    "lines": "\r\n{}\n",
    "a byte order mark": "\ufeff{}",
    "Unicode's blanks": "\u00a0{}\u200b",
    "quotes": '"{}"',
    "single quotes and a line": "'{}'\n",
}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
@pytest.mark.parametrize("head", ["data:image/png;base64,", "image/png;base64,", ";base64,", "BASE64,", ""])
def test_what_copying_leaves_around_an_image_is_taken_off(head: str, dress: str) -> None:
    assert decode_inline(tidied(dress.format(head + TEXT))) == DATA
    assert tidied(dress.format("https://example.com/it's")) == "https://example.com/it's"


def test_an_svg_that_holds_an_image_is_not_the_image() -> None:
    assert decode_inline(f"data:image/svg+xml,<svg><image href='data:image/png;base64,{TEXT}'/></svg>")[:4] == b"<svg"


@pytest.mark.parametrize("text", ["https://example.com/" + "a" * 60, "cat.png", "completed", "", "A" * 31, "ü" * 40])
def test_an_address_is_no_image_itself(text: str) -> None:
    assert not is_inline(text)


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [("####", "the character '#'"), ("AA=A", "the character '='"), ("AAAAA", "is cut off: one character is left over")],
)
def test_what_is_no_base64_is_said_exactly(payload: str, sentence: str) -> None:
    with pytest.raises(NotInline, match=sentence):
        decode_inline(f"data:image/png;base64,{payload}")
