import hashlib
import string
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from easel.kit.ids import digest, is_id, new_id, new_secret


def test_ids_sort_as_they_were_made_also_within_a_millisecond() -> None:
    ids = [new_id() for _ in range(5_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert len({UUID(one).int >> 80 for one in ids}) < 2_500, "several ids a millisecond, or nothing was shown"


def test_ids_of_many_threads_never_collide() -> None:
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda _: new_id(), range(2_000)))
    assert len(set(ids)) == len(ids)


def test_a_new_id_is_an_id() -> None:
    assert is_id(new_id())
    assert UUID(new_id()).version == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "0199",
        "01998f5e8f007abc8def0123456789ab",
        "{01998f5e-8f00-7abc-8def-0123456789ab}",
        "urn:uuid:01998f5e-8f00-7abc-8def-0123456789ab",
        "01998f5e-8f00-7abc-8def-0123456789a",
        "01998f5e-8f00-7abc-8def-0123456789abc",
        "01998f5e-8f00-7abc-8def-0123456789ag",
        "01998f5e-8f00-7abc-8def-0123456789ab\n",
        " 01998f5e-8f00-7abc-8def-0123456789ab",
        "0199-8f5e8f00-7abc-8def-0123456789ab",
        "01998f5e-8f00-7abc-8def-0123456789a١",
        "../../etc/passwd",
        "\x00",
        "\ud800",
    ],
)
def test_other_text_is_no_id(text: str) -> None:
    assert not is_id(text)


def test_an_id_may_be_spelled_in_capitals() -> None:
    assert is_id(new_id().upper())


def test_secrets_are_letters_and_digits_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(200)}
    assert len(secrets) == 200
    assert all(len(secret) == 32 for secret in secrets)
    assert set("".join(secrets)) <= set(string.ascii_letters + string.digits)


def test_a_secret_is_as_long_as_asked() -> None:
    assert len(new_secret(7)) == 7


@pytest.mark.parametrize("secret", ["afk_secret", "", "ключ", "🔑"])
def test_a_digest_is_sha_256_of_the_text(secret: str) -> None:
    assert digest(secret) == hashlib.sha256(secret.encode()).digest()


def test_even_a_text_that_is_none_has_a_digest() -> None:
    assert len(digest("\ud800")) == 32
