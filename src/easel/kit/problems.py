"""Everything wrong with one request, gathered before anyone answers: path → sentences."""

ENOUGH = 20
LONGEST = 500  # characters of a path: a stranger names the fields


class Problems:
    """Sentences by JSON path, in the order they were found."""

    def __init__(self) -> None:
        self.details: dict[str, list[str]] = {}

    def add(self, path: str, sentence: str) -> None:
        self.details.setdefault(path if len(path) <= LONGEST else path[: LONGEST - 1] + "…", []).append(sentence)

    @property
    def full(self) -> bool:
        """Enough for anybody to begin with."""
        return len(self.details) >= ENOUGH

    def __bool__(self) -> bool:
        return bool(self.details)

    @property
    def first(self) -> tuple[str, str]:
        """The path and the sentence found first."""
        path, sentences = next(iter(self.details.items()))
        return path, sentences[0]
