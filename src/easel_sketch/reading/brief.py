"""Parse a prompt into a Brief: what to print, what to draw, in which style. All printed text is from the prompt."""

import functools
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

from easel_sketch import library
from easel_sketch.reading import shapes, style_words, variants, words
from easel_sketch.reading.counts import counted
from easel_sketch.reading.grammar import (
    CLAUSES,
    content,
    is_style,
    media,
    media_words,
    named_for,
    unfinished,
    with_medium,
    without_tail,
)
from easel_sketch.reading.kind import CHARACTER, CHARTS, WORDLESS, character_of, kind_of
from easel_sketch.reading.languages import language_of
from easel_sketch.reading.quotes import Span, spans, without
from easel_sketch.reading.requests import LABELS, NO_TEXT, Sides, is_comparison, sides, sides_of_title, wants
from easel_sketch.reading.roles import DATE, HEADLINE, LABEL, NUMBER, SUBLINE, Text, only_joins, speakers, with_roles
from easel_sketch.reading.style_words import Setting
from easel_sketch.reading.subjects import Subject, limits, subjects
from easel_sketch.reading.vocabulary import UNSPACED, any_of, lists_in

_LONGEST = 32_000
_READ = 6_000  # characters of instructions that are parsed; the rest is ignored
_MOST_TEXTS = 600
_ANNOUNCED_WITHIN = 70
_TAGS = re.compile(r"\[[^\[\]]{1,60}\]")
_NAMED = re.compile(
    r"\b(?:called|named|titled|namens|llamad[oa]|chamad[oa]|appelée?|nommée?)\s+((?:[^\W\d_a-z][\w'’&-]*\s?){1,4})"
)
_INTRODUCES = re.compile(
    r"(?:[:：]|\b(?:with|con|avec|mit|com|showing|featuring)|\b[сc]|مع|带有?|及|包含|包括)\s*[\"“„«「『《‘']?\s*$",
    re.IGNORECASE,
)
_NAMED_ONLY = frozenset({"logo", "packaging", "business_card", "sign", "card", "quote", "comic"})
_LISTS = frozenset({"slide", "dashboard", "app", "menu"})
_KEPT_BACK = frozenset({"quotes", "asked", "text", "topic", "mentions", "variants", "speakers", "tongue"})
_OPENING = 16  # characters
_MOST_SIDES = 3
_COUNTED = CHARTS | {"slide"}  # kinds that show points or steps rather than print their number
_TITLED_BY_WORDS = CHARTS | {"map", "slide", "menu", "dashboard"}
_SHOWING = WORDLESS - {"abstract", "map"}  # kinds that show what the prompt names
_ROWS = CHARTS | {"menu"}


@dataclass(frozen=True, slots=True)
class Brief:
    """What one prompt asks for.

    `kind` is the recipe, `medium` the word for it in the prompt. `texts` are printed, in order; those from `quotes`
    must appear in full. `subjects` are the things to see. `topic` are the words of the title and the scene that say
    what it is about, `mentions` those of the items. `asked` are the words that may steer the style; `style`, `lighting`
    and `composition` are entries of the lexicon, in order of mention. `variants` are the variants of recipes that the
    prompt names, by section of `variants.toml`. `limits` is what it asks for that no drawing has, `unwanted` what it
    excludes. `count` is how many things it asks for, 0 if it names no number, and `grid` their columns and rows;
    `points` and `steps` are how many of these. `wants` are the requests `labels` and `no text`, `sides` the things
    compared. `speakers` are, for each word of speech, the drawings named before it, the nearest first. `language` is
    that of the printed texts, `tongue` that of the prompt. `left_out` counts quoted texts beyond the limit of an image.
    """

    kind: str
    medium: str
    texts: tuple[Text, ...]
    quotes: tuple[str, ...]
    subjects: tuple[Subject, ...]
    topic: tuple[str, ...]
    mentions: tuple[str, ...]
    asked: tuple[str, ...]
    setting: Setting
    count: int
    text: str
    language: str
    tongue: str = "en"
    style: tuple[str, ...] = ()
    lighting: tuple[str, ...] = ()
    composition: tuple[str, ...] = ()
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    points: int = 0
    steps: int = 0
    wants: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    speakers: tuple[tuple[str, ...], ...] = ()
    grid: tuple[int, ...] = ()
    left_out: int = 0

    @property
    def right_to_left(self) -> bool:
        return self.language in words.RIGHT_TO_LEFT

    @property
    def is_english(self) -> bool:
        """Whether the prompt seems to be in English."""
        return self.language == "en" and self.tongue == "en"

    @property
    def title(self) -> str:
        """The first text, if it is a headline."""
        return self.texts[0].words if self.texts and self.texts[0].role == HEADLINE else ""

    @property
    def subtitle(self) -> str:
        """The line under the title, if the texts were not quoted."""
        under = self.texts[1:2] if self.title and not self.quotes else ()
        return under[0].words if under and under[0].role == SUBLINE else ""

    @property
    def items(self) -> tuple[str, ...]:
        """All texts after title and subtitle."""
        first = bool(self.title) + bool(self.subtitle)
        return tuple(text.words for text in self.texts[first:])

    @property
    def place(self) -> str:
        """The first place the prompt names; empty if there is none."""
        return next((one.place for one in self.subjects if one.place), "")

    def variant(self, section: str) -> str:
        """The variant of a section that the table lists first, of those the prompt names; else an empty string."""
        named = self.variants.get(section, ())
        return next((name for name in library.table("variants")[section] if name in named), "")

    def exceeds(self, texts: int, letters: int) -> bool:
        """Whether there are more texts than this to print, or more characters."""
        return len(self.texts) > texts or sum(len(text.words) for text in self.texts) > letters

    def of(self, *roles: str) -> tuple[str, ...]:
        """The texts with one of these roles, in order."""
        return tuple(text.words for text in self.texts if text.role in roles)


def as_data(brief: Brief) -> dict[str, Any]:
    """The brief as JSON values in the order of its fields, without empty ones; of `asked` only the colours."""
    data = asdict(brief) | {"texts": [{text.role: text.words} for text in brief.texts]}
    data["subjects"] = [
        {key: value for key, value in asdict(one).items() if value and (key, value) != ("count", 1)}
        for one in brief.subjects
    ]
    data["setting"] = {key: value for key, value in data["setting"].items() if value}
    data["colours"] = tuple(dict.fromkeys(word for word in brief.asked if style_words.is_colour(word)))
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in data.items() if value}
    return {key: value for key, value in plain.items() if key not in _KEPT_BACK}


@functools.lru_cache(maxsize=32)  # all images of a job have one brief
def read(prompt: str, *, transparent: bool = False, edits: bool = False) -> Brief:
    """Parse a prompt. If it quotes texts, only these are printed; otherwise its own words.

    A prompt that `edits` images is an instruction: only what it quotes is printed.
    """
    prompt = words.clean(prompt)[:_LONGEST]
    all_spans = spans(prompt)
    found, rest = all_spans[:_MOST_TEXTS], _TAGS.sub(" ", without(prompt, all_spans)[: 2 * _READ])[:_READ]
    quotes = tuple(span.text for span in found)
    wanted, compared = wants(rest), sides(rest)
    tongue = language_of(rest)
    refused = style_words.unwanted(rest, passed=("no",) if tongue == "pt" else ())  # 'in the'
    seen = () if edits else subjects(rest, refused, quoted=bool(quotes))
    kind = "card" if edits else kind_of(rest, seen, transparent=transparent, quoted=len(quotes))
    seen = (Subject(character_of(rest).lower()),) if kind == CHARACTER else seen
    numbers = counted(rest)
    if kind == "infographic" and compared.names:
        kind = "comparison"
    elif kind in (*WORDLESS, "card") and not media(rest):
        kind = _kind_of_request(rest, compared, numbers) or kind
    title, subtitle, labels = ("", "", ()) if quotes else content(rest, counted=kind in _COUNTED)
    if quotes:
        texts = _quoted_texts(kind, prompt, found, compared)
    elif edits or NO_TEXT in wanted or kind in WORDLESS:
        texts = ()
    else:
        subtitle = "" if compared.title and kind == "comparison" else subtitle
        texts = _own_words(kind, rest, _title(kind, rest, title, compared), subtitle, labels, compared.names)
    if kind == "comparison" and not compared.names and texts:
        compared = _sides_in_texts(texts)
    items = " ".join(text.words for text in texts[1:] if text.role == LABEL)
    listed = items and not quotes
    scene = "" if listed else " ".join(clause for clause in CLAUSES.split(rest) if quotes or not is_style(clause))
    printed = " ".join(text.words for text in texts)
    head = texts[0].words if quotes else f"{title} {subtitle}"
    return Brief(
        kind=kind,
        medium=next((hit[0].lower() for name, hit in media(rest) if name == kind), ""),
        texts=texts,
        quotes=quotes,
        left_out=len(all_spans) - len(found),
        subjects=seen,
        topic=tuple(dict.fromkeys((*_subject_words(head, refused, printed=True), *_subject_words(scene, refused)))),
        mentions=_subject_words(items, refused),
        asked=style_words.asked(rest, refused),
        setting=style_words.setting_of(rest),
        count=style_words.count_of(rest),
        grid=style_words.grid_of(rest),
        text=printed if UNSPACED.search(printed) else f"{printed} {rest}"[:4000],
        language=words.language(printed or rest),
        tongue=tongue,
        style=lists_in("style", rest),
        lighting=lists_in("lighting", rest),
        composition=lists_in("composition", rest),
        variants=variants.named(" ".join(rest.split())[:4000]),
        limits=(*limits(rest), *_unread(kind, tongue, named=bool(seen or edits or quotes))),
        unwanted=refused,
        wants=wanted,
        sides=compared.names,
        speakers=speakers(rest) if kind == "comic" else (),
        **numbers,
    )


def _unread(kind: str, tongue: str, *, named: bool) -> tuple[str, ...]:
    """The limit of a picture in another language of which no word for a thing is known."""
    return () if named or tongue == "en" or kind not in _SHOWING else ("nouns",)


def _kind_of_request(rest: str, compared: Sides, numbers: Mapping[str, int]) -> str:
    """The kind of an image that a prompt asks for without naming one: 'compare …', 'how to … in five steps'."""
    if compared.names and (is_comparison(rest) or "points" in numbers):
        return "comparison"
    opening = rest[:_OPENING]
    if "steps" in numbers and any_of("shapes.steps").search(opening):
        return "steps"
    return "diagram" if LABELS in wants(rest) and any_of("shapes.diagram").search(opening) else ""


def _sides_in_texts(texts: tuple[Text, ...]) -> Sides:
    """The sides that the texts of a comparison are, or that its title names."""
    if len(texts) <= _MOST_SIDES and all(text.role == LABEL for text in texts):
        return Sides(tuple(text.words for text in texts))
    return sides_of_title(texts[0].words) if len(texts) == 1 else Sides()


def _title(kind: str, rest: str, title: str, compared: Sides) -> str:
    """The title of an image in the prompt's own words: of a menu what it is for, of a comparison its sides."""
    if kind == "map":
        return words.titled(with_medium(rest))
    if kind == "comparison" and compared.title:
        return compared.title
    if kind == "menu":
        return named_for(rest)
    if kind == "certificate":
        return words.titled(without_tail(with_medium(rest)))
    return title.removeprefix("The ") if kind == "timeline" else title


def _quoted_texts(kind: str, prompt: str, found: tuple[Span, ...], compared: Sides) -> tuple[Text, ...]:
    """The quoted texts; a title comes from the words before them if these announce labels."""
    rows = kind in _ROWS and len(found) > 1 and all(shapes.valued(span.text) for span in found)
    texts = with_roles(prompt, found, spoken=kind == "comic", listed=rows or kind == "comic")
    unnamed = kind == "certificate" and texts[0].role == HEADLINE and not media(texts[0].words)
    if kind not in _TITLED_BY_WORDS and not unnamed:
        return texts
    if kind == "comparison" and _are_sides(prompt, found):
        return tuple(Text(text.words, LABEL) for text in texts)
    before = _TAGS.sub(" ", prompt[: found[0].start])[-_READ:]
    own = "" if kind in ("map", "menu", "certificate") else content(before, counted=kind in _COUNTED)[0]
    title = unfinished(_title(kind, before, own, compared))
    if (
        not title
        or any(text.role == HEADLINE for text in texts[1:])
        or not (unnamed or _parts_follow(prompt, before, found) or (kind == "cycle" and _are_stops(prompt, found)))
    ):
        return texts
    return (Text(title, HEADLINE), *(Text(text.words, LABEL if text.role == HEADLINE else text.role) for text in texts))


def _are_sides(prompt: str, found: tuple[Span, ...]) -> bool:
    """Whether quoted texts are only the names of two or three things: 'comparison of “Tea” and “Coffee”'."""
    between = [prompt[one.end : other.start] for one, other in pairwise(found)]
    few = len(found) == 2 or (len(found) == 3 and any(text.strip() for text in between))
    return few and all(map(only_joins, between))


def _are_stops(prompt: str, found: tuple[Span, ...]) -> bool:
    """Whether three quoted texts or more follow one another: those of a cycle are its stops, whatever stands before."""
    return len(found) > 2 and all(only_joins(prompt[one.end : other.start]) for one, other in pairwise(found))


def _parts_follow(prompt: str, before: str, found: tuple[Span, ...]) -> bool:
    """Whether the words before the first quoted text announce labels rather than a title."""
    near = before[-_ANNOUNCED_WITHIN:]
    if any_of("titles.words").search(near):
        return False
    if any_of("roles.label").search(near):
        return True
    if len(found) > 1 and all(shapes.valued(span.text) or _is_moment(span.text) for span in found):
        return True
    if len(found) > 2 and UNSPACED.search(near) and not prompt[found[0].end : found[1].start].strip(" 、，,"):
        return True  # '水循环信息图“蒸发”“凝结”“降水”'
    after = prompt[found[0].end : found[0].end + 2].strip()
    return len(found) > 1 and bool(_INTRODUCES.search(near)) and after[:1] not in (":", "：")


def _is_moment(text: str) -> bool:
    return shapes.is_moment(text) or shapes.role_of(text) in (DATE, NUMBER)


def _own_words(
    kind: str, rest: str, title: str, subtitle: str, labels: tuple[str, ...], sides: tuple[str, ...]
) -> tuple[Text, ...]:
    """Title, subtitle and labels from words that are not quoted; for some kinds only an explicit name."""
    if kind == CHARACTER:
        return (Text(character_of(rest), HEADLINE),)
    if kind in _NAMED_ONLY:
        named_so = _NAMED.search(rest)
        return (Text(named_so[1].strip(), HEADLINE),) if named_so else ()
    texts = [Text(title, HEADLINE)] if title else []
    texts += [Text(subtitle, SUBLINE)] if subtitle and title else []
    labels = labels if kind in CHARTS or kind in _LISTS else ()
    if kind == "timeline" and (years := shapes.years_between(rest)):
        texts = [text for text in texts if text.role == HEADLINE]
        texts += [Text(year, NUMBER) for year in years]
        labels = tuple(label for label in labels if not shapes.years_between(label))
    return (*texts, *(Text(label, LABEL) for label in labels if label not in sides))


def _subject_words(text: str, unwanted: tuple[str, ...], *, printed: bool = False) -> tuple[str, ...]:
    """Words that may call for an icon, each once: no instructions, no style, nothing unwanted.

    Words of `printed` texts are never instructions, so fewer are dropped.
    """
    lexicon = library.table("lexicon")
    strip = lexicon["strip"]
    refused = {part for phrase in unwanted for part in words.tokens(phrase)}
    dropped = {*strip["links"], *lexicon["words"]["small"], *lexicon["negations"]["before"], *refused}
    if not printed:
        dropped |= {*lexicon["look"]["nouns"], *strip["verbs"], *strip["adjectives"], *media_words()}
    return tuple(dict.fromkeys(word for word in words.tokens(text) if word not in dropped))[:400]
