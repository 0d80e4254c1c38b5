"""Find the colours and moods a prompt asks for, in any language. Knows no palettes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from easel_sketch.colour.colour_index import Entry, colour_values, deciding_moods, index
from easel_sketch.colour.tone import Tone, hex_of, hue_gap, lightness, tone
from easel_sketch.reading.vocabulary import UNSPACED

_MOST_COLOURS = 4
_NEAR = 2  # most words between a colour and the word for the ground, such as "background"
_Group = tuple[str, ...]  # a word and its dictionary forms
_SHADES = {
    "deeper": (0.72, 0.0, 1.0),
    "paler": (0.5, 0.5, 0.62),
    "stronger": (1.0, 0.0, 1.25),
    "duller": (0.9, 0.08, 0.45),
}


@dataclass(frozen=True, slots=True)
class ColourRequest:
    """The colours asked for in order of mention and their names, the ground's colour, dark or light, and a mood."""

    colours: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ground: str = ""
    dark: bool = False
    light: bool = False
    mood: str = ""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A matched word or phrase: its position, and its meanings as (table, name) pairs."""

    at: int
    end: int
    senses: tuple[tuple[str, str], ...]

    def names(self, table: str) -> tuple[str, ...]:
        return tuple(name for sense, name in self.senses if sense == table)

    def means(self, name: str) -> bool:
        return ("means", name) in self.senses


def requested_colours(asked: Sequence[str]) -> ColourRequest:
    """Parse the words that `style_words.asked` returns."""
    hits = list(_hits(_groups(asked)))
    shaded: set[int] = set()
    named_colours = [(hit, colour) for place, hit in enumerate(hits) for colour in _colours(hits, place, shaded)]
    ground = _ground(hits, named_colours)
    free = [hit for place, hit in enumerate(hits) if place not in shaded and not hit.names("colour")]
    colours = _distinct([colour for _, colour in named_colours])[:_MOST_COLOURS]
    return ColourRequest(
        colours=colours,
        names=_names(named_colours, colours),
        ground=ground,
        dark=any(hit.means("dark") for hit in free),
        light=any(hit.means("light") for hit in free),
        mood=_mood(free),
    )


def _names(named_colours: Sequence[tuple[_Hit, str]], kept: Sequence[str]) -> tuple[str, ...]:
    """The English names of the kept colours, without shades: 'soft pink' is pink."""
    found = [name for hit, colour in named_colours if colour in kept for name in hit.names("colour")[:1]]
    return tuple(dict.fromkeys(found))


def _distinct(colours: Sequence[str]) -> tuple[str, ...]:
    """Drop colours that are almost the same as an earlier one."""
    kept: list[str] = []
    for colour in colours:
        if all(hue_gap(colour, other) > 12 or abs(lightness(colour) - lightness(other)) > 0.06 for other in kept):
            kept.append(colour)
    return tuple(kept)


def _groups(asked: Sequence[str]) -> list[_Group]:
    """Each word grouped with its dictionary forms and parts, which `style_words.asked` lists after it."""
    groups: list[list[str]] = []
    for place, word in enumerate(asked):
        if UNSPACED.match(word) and word in asked[place + 1 :]:
            continue  # `asked` lists words of scripts without spaces once more at its end, in order of mention
        if groups and not UNSPACED.match(word) and _is_form_of(groups[-1][0], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [tuple(group) for group in groups]


def _is_form_of(head: str, word: str) -> bool:
    if len(word) > len(head) + 1:
        return False
    return word == head or head.startswith(word[: max(3, len(word) - 2)]) or (len(word) > 2 and head.endswith(word))


def _hits(groups: Sequence[_Group]) -> Iterator[_Hit]:
    """The longest match at each position. In scripts without spaces a word inside a longer one does not count."""
    exact, starred = index()
    known = {group[0] for group in groups if group[0] in exact and UNSPACED.match(group[0])}
    at = 0
    while at < len(groups):
        head = groups[at][0]
        found: list[Entry] = []
        if not any(head in longer and head != longer for longer in known) or not UNSPACED.match(head):
            options = [entry for word in groups[at] for entry in exact.get(word, ())]
            options += [entry for entry in starred if _fits(groups[at], entry[0][0])]
            found = [entry for entry in options if _follows(groups, at, entry[0])]
        longest = max((len(pattern) for pattern, _ in found), default=0)
        found = [entry for entry in found if len(entry[0]) == longest]
        found = [entry for entry in found if _fits(groups[at][:1], entry[0][0])] or found
        if found:
            yield _Hit(at, at + longest, tuple(dict.fromkeys(sense for _, sense in found)))
        at += max(1, longest)


def _follows(groups: Sequence[_Group], at: int, pattern: tuple[str, ...]) -> bool:
    part = groups[at : at + len(pattern)]
    return len(part) == len(pattern) and all(_fits(group, piece) for group, piece in zip(part, pattern, strict=True))


def _fits(group: _Group, piece: str) -> bool:
    core = piece.strip("*")
    if piece.startswith("*"):
        return any(core in word if piece.endswith("*") else word.endswith(core) for word in group)
    return any(word.startswith(core) if piece.endswith("*") else word == core for word in group)


def _colours(hits: Sequence[_Hit], place: int, shaded: set[int]) -> list[str]:
    """The colours of one match, adjusted when a neighbour says deeper, paler, stronger or duller."""
    hit = hits[place]
    names = hit.names("colour")
    if not names:
        return []
    listed = colour_values()
    for other in (place - 1, place + 1):
        if 0 <= other < len(hits) and other not in shaded and _adjacent(hits[other], hit):
            how = next((name for name in _SHADES if hits[other].means(name)), "")
            if how and not hits[other].names("colour"):
                shaded.add(other)
                return [_shaded(listed[name], how) for name in names]
    return [listed[name] for name in names]


def _adjacent(one: _Hit, other: _Hit) -> bool:
    return one.end == other.at or other.end == one.at


def _shaded(colour: str, how: str) -> str:
    """`colour` adjusted by the factors of `_SHADES`: lightness scale and offset, chroma scale."""
    own, (share, rise, strength) = tone(colour), _SHADES[how]
    return hex_of(Tone(own.light * share + rise, own.chroma * strength, own.hue))


def _ground(hits: Sequence[_Hit], named_colours: Sequence[tuple[_Hit, str]]) -> str:
    """The colour of the ground: named before the word for it in most languages, after it in some."""
    for ground in (hit for hit in hits if hit.means("ground") or hit.means("ground_of")):
        before = [colour for hit, colour in named_colours if 0 <= ground.at - hit.end <= _NEAR][-1:]
        after = [colour for hit, colour in named_colours if 0 <= hit.at - ground.end <= _NEAR][:1]
        both = [*after, *before] if ground.means("ground_of") else [*before, *after]
        if both:
            return both[0]
    return ""


def _mood(hits: Sequence[_Hit]) -> str:
    """The mood named most often, of those that decide if there are any; on a tie the first one."""
    named = [name for hit in hits for name in hit.names("mood")]
    named = [name for name in named if name in deciding_moods()] or named
    return max(named, key=lambda name: (named.count(name), -named.index(name)), default="")
