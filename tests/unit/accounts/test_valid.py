import pytest

from easel.accounts.valid import valid_address, valid_name
from easel.errors import InvalidRequest


@pytest.mark.parametrize("email", ["owner@localhost", "ada.l+x@mail.example.com", "o'brien@x-y.test", "a@1.b"])
def test_addresses(email: str) -> None:
    assert valid_address(email) == email


@pytest.mark.parametrize(
    "email",
    [
        *("", "@", "a@", "@b", "a@b@c", "a b@c", "a@b ", "a@b\n", "a@-b", "a@b-.c", "a@b..c", "a@b.", "é@b.c"),
        *('"><script>@x.example', "a\x1b]0;x\x07@b.c", "a\u202e@b.c", "<a@b.c>", f"{'a' * 251}@b.c"),
    ],
)
def test_what_is_no_address(email: str) -> None:
    with pytest.raises(InvalidRequest, match="An address looks like"):
        valid_address(email)


@pytest.mark.parametrize("name", ["ci", "[/b]", "Müller & Söhne 🎨", "日本", "x" * 200])
def test_names(name: str) -> None:
    assert valid_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a\nb",
        "\x1b]0;x\x07",
        "a\x7f",
        "a\x9b31m",
        "a\u202eb",
        "a\u2028b",
        "x" * 201,
        "a\n",
        "  ",
        "\u200b",
        "\u3164",
    ],
)
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(InvalidRequest, match="A name has 1 to 200"):
        valid_name(name)
