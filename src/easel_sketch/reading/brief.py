"""Read a prompt into a Brief: what to print, what to draw, how it should look. All it prints are the prompt's words."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from easel_sketch import library
from easel_sketch.reading import look, words
from easel_sketch.reading.grammar import CLAUSES, content, is_style, media_words, whole
from easel_sketch.reading.kind import CHARTS, WORDLESS, kind_of
from easel_sketch.reading.look import Setting
from easel_sketch.reading.quotes import Span, spans, without
from easel_sketch.reading.roles import HEADLINE, LABEL, SUBLINE, Text, given
from easel_sketch.reading.vocabulary import UNSPACED, any_of, named

_LONGEST = 32_000
_READ = 6_000  # letters of instructions that are read; what follows them is scenery
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
_COUNTED = re.compile(r"\S\s+[\d.,]+\s?\W?$")  # 'Norway 9.9', 'Rent 40 %': a bar of a chart
_NAMED_ONLY = frozenset({"logo", "packaging", "business_card", "sign", "card", "quote", "comic", "menu"})
_LISTS = frozenset({"slide", "dashboard", "app"})
_TITLED_BY_WORDS = CHARTS | {"map", "slide"}


@dataclass(frozen=True, slots=True)
class Brief:
    """What one prompt asks for.

    `kind` is the recipe. `texts` are to be printed, in order; those of them that were `quotes` must be there in full.
    `subject` are the words of the title and the scene that may call for a drawing, `mentions` those of the items;
    `asked` are the words that may steer the look; `style`, `lighting` and `composition` name those the lexicon knows,
    in order of mention; `unwanted` is what must not be there; `count` is how many things are asked for, 0 when no
    number is named; `scene` is the prompt without its quoted texts; `left_out` how many of those
    are more than one picture takes.
    """

    kind: str
    texts: tuple[Text, ...]
    quotes: tuple[str, ...]
    subject: tuple[str, ...]
    mentions: tuple[str, ...]
    asked: tuple[str, ...]
    setting: Setting
    count: int
    wordless: bool
    text: str
    language: str
    style: tuple[str, ...] = ()
    lighting: tuple[str, ...] = ()
    composition: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    scene: str = ""
    left_out: int = 0

    @property
    def right_to_left(self) -> bool:
        return self.language in words.RIGHT_TO_LEFT

    @property
    def title(self) -> str:
        """The first headline, if the first text is one: what stands at the top."""
        return self.texts[0].words if self.texts and self.texts[0].role == HEADLINE else ""

    @property
    def subtitle(self) -> str:
        """The line under the title when no quoted text says otherwise."""
        under = self.texts[1:2] if self.title and not self.quotes else ()
        return under[0].words if under and under[0].role == SUBLINE else ""

    @property
    def items(self) -> tuple[str, ...]:
        """Every other text."""
        first = bool(self.title) + bool(self.subtitle)
        return tuple(text.words for text in self.texts[first:])

    def of(self, *roles: str) -> tuple[str, ...]:
        """The texts of these roles, in order."""
        return tuple(text.words for text in self.texts if text.role in roles)


def as_data(brief: Brief) -> dict[str, Any]:
    """The brief as JSON values in the order of its fields, without what is empty; of the words asked the colours."""
    data = asdict(brief) | {"texts": [{text.role: text.words} for text in brief.texts]}
    data["setting"] = {key: value for key, value in data["setting"].items() if value}
    data["colours"] = tuple(dict.fromkeys(word for word in brief.asked if look.is_colour(word)))
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in data.items() if value}
    return {key: value for key, value in plain.items() if key not in ("quotes", "asked", "text", "scene")}


def read(prompt: str, *, transparent: bool = False, edits: bool = False) -> Brief:
    """The brief of a prompt. With quoted texts those are all that is printed; without, its own words are.

    A prompt that `edits` pictures is an instruction: only what it quotes is printed.
    """
    prompt = words.clean(prompt)[:_LONGEST]
    every = spans(prompt)
    found, rest = every[:_MOST_TEXTS], _TAGS.sub(" ", without(prompt, every)[: 2 * _READ])[:_READ]
    quotes = tuple(span.text for span in found)
    wordless = bool(any_of("negations.text").search(rest))
    kind = "card" if edits else kind_of(rest, transparent=transparent, quoted=len(quotes))
    title, subtitle, labels = ("", "", ()) if quotes else content(rest)
    if quotes:
        texts = _quoted_texts(kind, prompt, found)
    elif edits or wordless or kind in WORDLESS:
        texts = ()
    else:
        texts = _own_words(kind, rest, title, subtitle, labels)
    items = " ".join(text.words for text in texts[1:] if text.role == LABEL)
    listed = items and not quotes
    scene = "" if listed else " ".join(clause for clause in CLAUSES.split(rest) if quotes or not is_style(clause))
    printed = " ".join(text.words for text in texts)
    head = texts[0].words if quotes else f"{title} {subtitle}"
    refused = look.unwanted(rest)
    return Brief(
        kind=kind,
        texts=texts,
        quotes=quotes,
        left_out=len(every) - len(found),
        subject=tuple(dict.fromkeys((*_telling(head, refused, printed=True), *_telling(scene, refused)))),
        mentions=_telling(items, refused),
        asked=look.asked(rest, refused),
        setting=look.setting_of(rest),
        count=look.count_of(rest),
        wordless=wordless,
        text=printed if UNSPACED.search(printed) else f"{printed} {rest}"[:4000],
        language=words.language(printed or rest),
        style=named("style", rest),
        lighting=named("lighting", rest),
        composition=named("composition", rest),
        unwanted=refused,
        scene=" ".join(rest.split())[:4000],
    )


def _quoted_texts(kind: str, prompt: str, found: tuple[Span, ...]) -> tuple[Text, ...]:
    """The quoted texts; under a title from the words before them, where they are announced as its parts."""
    texts = given(prompt, found, spoken=kind == "comic")
    if kind not in _TITLED_BY_WORDS:
        return texts
    before = _TAGS.sub(" ", prompt[: found[0].start])[-_READ:]
    title = words.titled(whole(before)) if kind == "map" else content(before)[0]
    if not title or any(text.role == HEADLINE for text in texts[1:]) or not _parts_follow(prompt, before, found):
        return texts
    return (Text(title, HEADLINE), *(Text(text.words, LABEL if text.role == HEADLINE else text.role) for text in texts))


def _parts_follow(prompt: str, before: str, found: tuple[Span, ...]) -> bool:
    """Whether the words before the first quoted text announce parts rather than a title."""
    near = before[-_ANNOUNCED_WITHIN:]
    if any_of("titles.words").search(near):
        return False
    if any_of("roles.label").search(near):
        return True
    if len(found) > 1 and all(_COUNTED.search(span.text) for span in found):
        return True
    if len(found) > 2 and UNSPACED.search(near) and not prompt[found[0].end : found[1].start].strip(" 、，,"):
        return True  # '水循环信息图“蒸发”“凝结”“降水”'
    after = prompt[found[0].end : found[0].end + 2].strip()
    return len(found) > 1 and bool(_INTRODUCES.search(near)) and after[:1] not in (":", "：")


def _own_words(kind: str, rest: str, title: str, subtitle: str, labels: tuple[str, ...]) -> tuple[Text, ...]:
    """Title, line below and labels from words that were not quoted; for some kinds only a name that was given."""
    if kind in _NAMED_ONLY:
        named_so = _NAMED.search(rest)
        return (Text(named_so[1].strip(), HEADLINE),) if named_so else ()
    texts = [Text(title, HEADLINE)] if title else []
    texts += [Text(subtitle, SUBLINE)] if subtitle and title else []
    return (*texts, *(Text(label, LABEL) for label in labels if kind in CHARTS or kind in _LISTS))


def _telling(text: str, unwanted: tuple[str, ...], *, printed: bool = False) -> tuple[str, ...]:
    """The words that may call for a drawing, each once: no instructions, nothing about the look, nothing unwanted.

    What is `printed` is no instruction: a sale is one there.
    """
    lexicon = library.table("lexicon")
    strip = lexicon["strip"]
    refused = {part for phrase in unwanted for part in words.tokens(phrase)}
    idle = {*strip["links"], *lexicon["words"]["small"], *lexicon["negations"]["before"], *refused}
    if not printed:
        idle |= {*lexicon["look"]["nouns"], *strip["verbs"], *strip["adjectives"], *media_words()}
    return tuple(dict.fromkeys(word for word in words.tokens(text) if word not in idle))[:400]
