"""Split Chinese and Japanese into phrases that should not be broken, by script, particles and known words."""

import functools
import re

from easel_sketch import library
from easel_sketch.reading.vocabulary import UNSPACED

_CLOSING = "，。！？、：；）」』”’》〉】…ー～,.!?:;)%％"
_OPENING = "（「『“‘《〈【("
_RUNS = re.compile(
    r"[a-zA-Z0-9][a-zA-Z0-9.,:'’&+-]*|[\u30a0-\u30ff]+|[\u3040-\u309f]+|[\u3005\u3400-\u9fff]+|\s+|.", re.DOTALL
)
_KANA, _HAN = re.compile(r"[\u3040-\u309f]"), re.compile(r"[\u3005\u3400-\u9fff]")
_LONGEST = 6
_AFTER = frozenset("的了和与及或是在之地得着过们吧吗呢啊们者家员年月日号时点分个只条张本杯元岁天")
_KNOWN = 4  # characters of the longest word in the dictionary


def phrases(text: str) -> list[str]:
    """The pieces of a text between which a line may break. Joined they give the text."""
    pieces: list[str] = []
    japanese = bool(_KANA.search(text))
    for run in _RUNS.findall(text):
        if pieces and _continues(pieces[-1], run):
            pieces[-1] += run
        elif _HAN.match(run) and not japanese:
            pieces += _chinese(run)
        else:
            pieces += _cut(run)
    return _openings_joined(pieces)


def _continues(before: str, run: str) -> bool:
    """Whether a run must stay with the one before: punctuation, or a Japanese ending."""
    if run.isspace() or run[0] in _CLOSING:
        return True
    ending = bool(_KANA.match(run)) and len(before) + len(run) <= _LONGEST + 2
    counted = before[-1].isdigit() and bool(_HAN.match(run)) and len(run) <= 2
    return (ending and (bool(_HAN.search(before[-1])) or "\u30a0" <= before[-1] <= "\u30ff")) or counted


def _cut(run: str) -> list[str]:
    """Split a run that is too long for one line evenly."""
    if len(run) <= _LONGEST or not UNSPACED.match(run):
        return [run]
    parts = -(-len(run) // _LONGEST)
    size = -(-len(run) // parts)
    return [run[at : at + size] for at in range(0, len(run), size)]


def _chinese(run: str) -> list[str]:
    """Split by known words, the rest by pairs of characters; a particle stays with the word before it."""
    pieces: list[str] = []
    at = 0
    while at < len(run):
        size = next((n for n in range(_KNOWN, 1, -1) if run[at : at + n] in _words() and at + n <= len(run)), 0)
        if not size:
            size = 1 if run[at] in _AFTER or at + 1 == len(run) or _starts_word(run, at + 1) else 2
        piece = run[at : at + size]
        at += size
        room = _LONGEST if piece in _AFTER else _KNOWN
        if pieces and len(piece) == 1 and len(pieces[-1]) < room:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _starts_word(run: str, at: int) -> bool:
    return run[at] in _AFTER or any(run[at : at + n] in _words() for n in range(_KNOWN, 1, -1) if at + n <= len(run))


def _openings_joined(pieces: list[str]) -> list[str]:
    """Join an opening mark to what follows, so that no line ends with it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and joined[-1][-1] in _OPENING:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


@functools.cache
def _words() -> frozenset[str]:
    """Chinese words of two to four characters from the tables and the icon pack."""
    tables = (library.table("kinds"), library.table("lexicon"))
    listed = (word for table in tables for section in table.values() for found in section.values() for word in found)
    named = (word for found in library.table("synonyms")["icons"].values() for word in found)
    all_words = (*library.icon_pack()["words"], *named, *listed)
    return frozenset(
        word for word in all_words if 1 < len(word) <= _KNOWN and _HAN.fullmatch(word[0]) and _HAN.match(word[-1])
    )
