"""The model catalog: one card per model, and the plan of a valid request. Pure data; no I/O after the start."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from easel.catalog.card import Card, load_card

CARDS = Path(__file__).parent / "cards"


class Catalog:
    """Every model card, by id."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards: dict[str, Card] = {}
        for card in cards:
            if card.id in self._cards:
                raise ValueError(f"two cards have the id {card.id}")
            self._cards[card.id] = card

    @classmethod
    def load(cls, folder: Path = CARDS) -> "Catalog":
        return cls(load_card(path) for path in sorted(folder.glob("*.toml"), reverse=True))

    def __iter__(self) -> Iterator[Card]:
        return iter(self._cards.values())

    def __getitem__(self, model: str) -> Card:
        return self._cards[model]

    def get(self, model: str) -> Card | None:
        return self._cards.get(model)

    @property
    def ids(self) -> list[str]:
        return list(self._cards)
