"""The checksum in an object's row, and that of earlier versions."""

import pytest

from easel.storage import etag_of, has_etag

EARLIER = "84d89877f0d4041efb6bf91a16f0248f"  # the first half of the SHA-256


@pytest.mark.parametrize("etag", [etag_of(b"0123456789"), EARLIER])
def test_a_checksum_tells_its_bytes_from_others(etag: str) -> None:
    assert has_etag(b"0123456789", etag)
    assert not has_etag(b"0123456788", etag)
    assert not has_etag(b"", etag)
