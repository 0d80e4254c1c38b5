"""What flags are called: 'French flag', 'flag of France', 'Flagge Frankreichs'."""

from easel_sketch import library


def flag_words() -> dict[str, str]:
    """The phrases for flags and the motifs that show them, from `flags.toml`."""
    return {
        phrase: f"flag-{name}"
        for name, entry in library.table("flags").items()
        for phrase in (*_phrases(entry["names"], entry["adjectives"]), *entry.get("abroad", ()))
    }


def _phrases(names: list[str], adjectives: list[str]) -> list[str]:
    of = [f"{flag} of {article}{name}" for name in names for flag in ("flag", "flags") for article in ("", "the ")]
    return [*of, *(f"{word} {flag}" for word in (*names, *adjectives) for flag in ("flag", "flags", "national flag"))]
