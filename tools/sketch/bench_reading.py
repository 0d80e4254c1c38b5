"""Score what the sketch engine makes of prompts: is each thing that they ask for drawn, or said not to be?

    python tools/sketch/bench_reading.py                    the prompts of bench/reading
    python tools/sketch/bench_reading.py FOLDER --list      others, and each unmet need and wrong row
    python tools/sketch/bench_reading.py --sheet X.webp     and a contact sheet of the images
    python tools/sketch/bench_reading.py --engine SRC       an engine in another source folder, such as an old checkout

A folder holds `*.jsonl` with the needs of prompts and `*.toml` with labelled rows: see bench/README.md.
"""

import colorsys
import importlib
import json
import re
import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import pyvips
import typer

DRAWN, NEAR, SAID, SILENT = "drawn", "near", "said", "silent"
SIDE = 1024
CELL, COLUMNS, CAPTION = 320, 6, 34
GREY = [240, 240, 243]
_WORD = re.compile(r"\w+")
_MARK = re.compile(r' ?data-drawn="([^"]*)"')
# Hues in degrees; several spans for those around 0.
HUES: Mapping[str, Sequence[tuple[int, int]]] = {
    "red": ((340, 360), (0, 18)),
    "orange": ((14, 46),),
    "yellow": ((40, 70),),
    "green": ((70, 175),),
    "teal": ((155, 205),),
    "blue": ((190, 255),),
    "purple": ((250, 310),),
    "pink": ((305, 360), (0, 12)),
    "warm": ((325, 360), (0, 75)),
    "cold": ((150, 280),),
}
# What labels call things that have names of their own, and beginnings of words that they give.
CALLED: Mapping[str, Sequence[str]] = {
    "water": ("lake", "sea", "river", "harbour", "loch", "pond", "fjord", "wave"),
    "hills": ("mountains", "highlands"),
    "flower": ("hibiscus", "blossom", "tulip", "rose", "bouquet"),
    "circ": ("circle", "circular"),
    "smil": ("smile", "smiling"),
    "smile": ("smiling",),
    "cry": ("crying",),
    "sob": ("sobbing",),
}
_COLOURFUL = 0.12  # least chroma, of 1, that has a hue
_SAME_SIZE = 1.08


@dataclass
class Result:
    """One prompt: what became of its needs, what is wrong of its row, its image and the milliseconds it took."""

    prompt: str
    kind: str
    needs: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    row: bool = False
    milliseconds: float = 0.0
    image: pyvips.Image | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a job says of its image, and what is on it: phrases, each a set of words; the texts with their heights."""

    brief: Mapping[str, Any]
    drawn: Sequence[frozenset[str]]
    near: Sequence[frozenset[str]]
    said: Sequence[frozenset[str]]
    printed: str
    lines: Sequence[tuple[str, float]]


def main(
    folder: Annotated[Path, typer.Argument(help="The prompts.")] = Path("bench/reading"),
    engine: Annotated[Path | None, typer.Option(help="A source folder that is imported first.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="A file for the images, side by side.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Print each unmet need and each wrong row.")] = False,
    only: Annotated[str, typer.Option(help="Only prompts with this in them.")] = "",
) -> None:
    """Draw every prompt of FOLDER at 1024×1024, and count what became of what it asks for."""
    if engine:
        sys.path.insert(0, str(engine.resolve()))
    drawer = importlib.import_module("easel_sketch.engine").Engine()
    files = sorted([*folder.glob("*.jsonl"), *folder.glob("*.toml")])
    if not files:
        raise SystemExit(f"No *.jsonl and no *.toml in {folder}.")
    print(f"{'':22}{'prompts':>8}{'needs':>7}{'drawn':>7}{'near':>6}{'said':>6}{'silent':>8}{'rows':>7}{'right':>7}")
    everything: list[Result] = []
    for path in files:
        entries = [entry for entry in entries_of(path) if only.lower() in entry["text"].lower()]
        results = [scored(drawer, entry, keep=sheet is not None) for entry in entries]
        print(row_of(path.name, results), flush=True)
        for fault in faults(results) if listed else ():
            print(fault)
        everything += results
    if len(files) > 1:
        print(row_of("all", everything))
    if everything:
        took = [one.milliseconds for one in everything]
        print(f"a job: median {statistics.median(took):.0f} ms, longest {max(took):.0f} ms")
    if sheet and everything:
        contact_sheet(everything).write_to_file(str(sheet), Q=80)


def entries_of(path: Path) -> Iterator[dict[str, Any]]:
    """The prompts of a file, each as a row with its `text`; those of `*.jsonl` have only `needs`."""
    if path.suffix == ".toml":
        yield from tomllib.loads(path.read_text("utf-8"))["prompt"]
        return
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            entry = json.loads(line)
            yield {"text": entry["prompt"], "needs": entry["needs"]}


def scored(drawer: Any, entry: Mapping[str, Any], *, keep: bool) -> Result:
    """Do what a job does with a prompt, then compare."""
    requests = importlib.import_module("easel_sketch.request")
    size = requests.Size(SIDE, SIDE)
    work = requests.Request(entry["text"], size, "medium", "auto", "webp", model="gpt-image-2")
    begun = time.perf_counter()
    brief = drawer.explain(work)
    original = drawer.draw(work, 0)
    took = (time.perf_counter() - begun) * 1000
    seen = seen_of(brief, original.warnings, *shown_by(drawer, work))
    result = Result(entry["text"], brief["kind"], milliseconds=took)
    for need in entry.get("needs", ()):
        result.needs.append(("/".join(need), fate(need, seen)))
    if entry.keys() - {"text", "needs"}:
        result.row, result.wrong = True, list(wrong_of(entry, seen))
    if keep:
        result.image = pyvips.Image.new_from_memory(original.data, SIDE, SIDE, 4, "uchar").copy(interpretation="srgb")
    return result


def shown_by(drawer: Any, work: Any) -> tuple[list[str], list[tuple[str, float]]]:
    """The names of all that the page shows, and its lines of text with their heights."""
    job, page = drawer.laid_out(work, 0)[:2]
    names = [name for found in _MARK.findall(page.html) for name in found.split()]
    runs = job.canvas.measure(_MARK.sub("", page.html), SIDE).runs
    inside = [run for run in runs if run.right <= SIDE + 1 and run.bottom <= SIDE + 1]
    lines = [(run.text.strip(), run.bottom - run.top) for run in inside if run.text.strip()]
    return [*names, *getattr(page, "shows", ())], lines


def seen_of(
    brief: Mapping[str, Any], warnings: Sequence[str], names: Sequence[str], lines: Sequence[tuple[str, float]]
) -> Seen:
    """What the brief and the page say. A brief without the list `drawn` is of an engine that names only its icons."""
    if "drawn" in brief:
        drawn = [*names, *brief["drawn"]]
        near = [f"{one['asked']} {one['drawn_as']}" for one in brief["near"]]
        said = [*warnings, *brief["missing"]]
    else:
        drawn, near, said = [*names, *brief["icons"], brief["scene"], brief["kind"]], [], [*warnings]
    shown, akin, told = ([words(one) for one in part] for part in (drawn, near, said))
    return Seen(brief, shown, akin, told, spaced(" ".join(text for text, _ in lines)), lines)


def fate(need: Sequence[str], seen: Seen) -> str:
    """What became of a thing that may be called by any of these words."""
    called = [other for word in need for other in (word, *CALLED.get(word, ()))]
    if any(has(seen.drawn, word) or is_printed(word, seen) for word in called):
        return DRAWN
    if any(has(seen.near, word) for word in called):
        return NEAR
    return SAID if any(has(seen.said, word) for word in called) else SILENT


def has(phrases: Sequence[frozenset[str]], wanted: str) -> bool:
    """Whether one of the phrases has all words of what is wanted, in any order."""
    asked = [forms(word) for word in _WORD.findall(wanted.lower())]
    return any(all(not form.isdisjoint(phrase) for form in asked) for phrase in phrases)


def words(phrase: str) -> frozenset[str]:
    """The words of a phrase with their singulars; those of a name such as `red-apple` too."""
    found = _WORD.findall(phrase.replace("_", " ").lower())
    return frozenset(form for word in found for form in forms(word))


def forms(word: str) -> frozenset[str]:
    """A word and what it is the plural of: 'leaves' is none of 'leaf' here, which a need then names itself."""
    ends = (("ies", "y"), ("es", ""), ("s", ""))
    return frozenset(
        {word, *(word.removesuffix(end) + single for end, single in ends if word.endswith(end) and len(word) > 3)}
    )


def is_printed(text: str, seen: Seen) -> bool:
    return spaced(text) in seen.printed


def spaced(text: str) -> str:
    """The words of a text with a space around each; characters of scripts without spaces are words."""
    apart = re.sub(r"([\u2e80-\u9fff])", r" \1 ", text.lower())
    return f" {' '.join(_WORD.findall(apart))} "


def wrong_of(entry: Mapping[str, Any], seen: Seen) -> Iterator[str]:
    """What of a labelled row is not so."""
    brief = seen.brief
    if (kind := entry.get("kind")) and brief["kind"] != kind:
        yield f"kind is {brief['kind']}, not {kind}"
    for text in (*filter(None, [entry.get("title")]), *entry.get("must", ())):
        if not is_printed(text, seen):
            yield f"“{text}” is not on it"
    for text in entry.get("never", ()):
        if is_printed(text, seen):
            yield f"“{text}” is on it"
    if entry.get("never_text") and seen.lines:
        yield f"it has text: {seen.lines[0][0]}"
    for need in entry.get("must_draw", ()):
        alternatives = [need] if isinstance(need, str) else need
        if fate(alternatives, seen) not in (DRAWN, NEAR):
            yield f"{'/'.join(alternatives)} is not drawn"
    for name in ("time", "season"):
        if name in entry and (found := brief.get("setting", {}).get(name)) != entry[name]:
            yield f"{name} is {found}, not {entry[name]}"
    named = words(brief.get("palette_name", ""))
    if (palette := entry.get("palette")) and palette not in named and not has_hue(brief["palette"], palette):
        yield f"palette {' '.join(brief['palette'])} is not {palette}"
    yield from wrong_lists(entry, seen)


def wrong_lists(entry: Mapping[str, Any], seen: Seen) -> Iterator[str]:
    """What of labels, points, steps and rows is not so."""
    if entry.get("labels") and len(seen.lines) < 4:
        yield f"it has {len(seen.lines)} texts, too few for labels"
    for name in ("points", "steps"):
        wanted = entry.get(name)
        if not wanted:
            continue
        if (counted := seen.brief.get(name, seen.brief.get("count", 0))) != wanted:
            yield f"the brief counts {counted}, not {wanted} {name}"
        numbers = {int(text) for text, _ in seen.lines if text.isdigit() and len(text) < 3}
        if name == "steps" and not set(range(1, wanted + 1)) <= numbers:
            yield f"its steps are numbered {sorted(numbers)}"
    heights = []
    headline = next((one["headline"] for one in seen.brief.get("texts", ()) if "headline" in one), "")
    for text in entry.get("rows", ()):
        height = next((tall for line, tall in seen.lines if spaced(text) in spaced(line)), 0.0)
        if not height:
            yield f"row “{text}” is not on it in one line"
        elif spaced(text) in spaced(headline):
            yield f"row “{text}” is the title"
        else:
            heights.append(height)
    if heights and max(heights) > _SAME_SIZE * min(heights):
        yield f"its rows have {min(heights):.0f} to {max(heights):.0f} px"


def has_hue(palette: Sequence[str], wanted: str) -> bool:
    """Whether most of the colours that have a hue at all are warm or cold; for other names, whether one has the hue."""
    found = []
    for colour in palette:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        if max(red, green, blue) - min(red, green, blue) >= _COLOURFUL:
            found.append(360 * colorsys.rgb_to_hsv(red, green, blue)[0])
    inside = [hue for hue in found if any(low <= hue <= high for low, high in HUES[wanted])]
    return 2 * len(inside) > len(found) if wanted in ("warm", "cold") else bool(inside)


def row_of(name: str, results: Sequence[Result]) -> str:
    """A row of the table."""
    fates = Counter(fate for one in results for _, fate in one.needs)
    rows = [one for one in results if one.row]
    right = sum(not one.wrong for one in rows)
    figures = [len(results), fates.total(), fates[DRAWN], fates[NEAR], fates[SAID], fates[SILENT], len(rows), right]
    return f"{name:22}" + "".join(f"{n:{w}}" for n, w in zip(figures, (8, 7, 7, 6, 6, 8, 7, 7), strict=True))


def faults(results: Sequence[Result]) -> Iterator[str]:
    for one in results:
        unmet = [f"{need}: {found}" for need, found in one.needs if found in (SAID, SILENT)]
        if unmet or one.wrong:
            yield f"  [{one.kind}] {one.prompt[:150]}\n      " + "; ".join((*unmet, *one.wrong))


def contact_sheet(results: Sequence[Result]) -> pyvips.Image:
    """The images under the beginnings of their prompts; a dark red prompt has something that is silent or wrong."""
    cells = []
    for one in results:
        bad = bool(one.wrong) or any(found == SILENT for _, found in one.needs)
        safe = one.prompt[:52].replace("&", "&amp;").replace("<", "&lt;")
        colour = "#a01818" if bad else "#202020"
        text = pyvips.Image.text(f'<span foreground="{colour}">{safe}</span>', rgba=True, font="sans 10", width=CELL)
        head = text.flatten(background=GREY).gravity("west", CELL, CAPTION, extend="background", background=GREY)
        assert one.image
        small = one.image.thumbnail_image(CELL, height=CELL).flatten(background=[226, 226, 230])
        cells.append(head.copy(interpretation="srgb").join(small, "vertical"))
    return pyvips.Image.arrayjoin(cells, across=COLUMNS, shim=8, background=GREY)


if __name__ == "__main__":
    typer.run(main)
