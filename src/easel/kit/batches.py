"""Long sequences in batches."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Batches of at most `size`, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
