"""Measure how much of the requested text is on the image, with the prompts of LongText-Bench. See bench/README.md.

.venv/bin/pip install --require-hashes -r requirements/bench.txt      (RapidOCR, which no server needs)
.venv/bin/python tools/sketch/bench_text.py FOLDER           (that holds text_prompts.jsonl and text_prompts_zh.jsonl)

The score is the benchmark's: the share of the requested words (English) or characters (Chinese) that is found. It is
measured twice: in the layout, which is exact, and by OCR of the pixels.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pyvips

from easel_sketch import Request, Size
from easel_sketch.engine import Engine

FILES = {"en": "text_prompts.jsonl", "zh": "text_prompts_zh.jsonl"}
Reader = Callable[[pyvips.Image], str]


@dataclass
class Score:
    """Matched and requested words so far, and the prompts with missing ones."""

    matched: int = 0
    wanted: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, wanted: Counter[str], seen: Counter[str]) -> None:
        lost = wanted - seen
        self.matched += wanted.total() - lost.total()
        self.wanted += wanted.total()
        self.misses += [f"{name}: {' '.join(lost.elements())}"] if lost else []

    def __str__(self) -> str:
        return f"{self.matched / max(1, self.wanted):.4f}  ({self.matched} of {self.wanted})"


def words(text: str, language: str) -> Counter[str]:
    """The multiset to compare: lower-case words without punctuation, or single characters."""
    kept = "".join(char for char in text.lower() if char.isalnum() or char.isspace())
    return Counter(kept.split() if language == "en" else "".join(kept.split()))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1024x1024", help="width x height")
    parser.add_argument("--number", type=int, default=0, help="the picture's place in a job of several")
    parser.add_argument("--languages", nargs="+", default=list(FILES), choices=list(FILES))
    parser.add_argument("--only", nargs="*", help="the ids of a few prompts")
    parser.add_argument("--layout-only", action="store_true", help="render nothing, run no OCR")
    parser.add_argument("--keep", type=Path, help="a folder for the pictures that lost words")
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    reader = None if given.layout_only else ocr()
    engine = Engine()
    for language in given.languages:
        entries = list(prompts(given.folder / FILES[language], given.only))
        by_layout, by_reader, kinds = Score(), Score(), Counter[str]()
        for entry in entries:
            kinds[read(engine, entry, language, Size(width, height), given, by_layout, reader, by_reader)] += 1
        print(
            f"{language}: {len(entries)} prompts, as",
            ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()),
        )
        for name, score in (("layout", by_layout), ("pixels", by_reader)):
            if score.wanted:
                print(f"  {name}  {score}", *score.misses, sep="\n    ")


def prompts(path: Path, only: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        if not only or str(entry["prompt_id"]) in only:
            yield entry


def read(
    engine: Engine,
    entry: dict[str, Any],
    language: str,
    size: Size,
    given: argparse.Namespace,
    by_layout: Score,
    reader: Reader | None,
    by_reader: Score,
) -> str:
    """Lay out a prompt and compare; then render it and compare again. Returns the recipe's name."""
    work = Request(entry["prompt"], size, "high", "auto", "png", model="gpt-image-2")
    name = f"{entry['prompt_id']} {entry['category']}"
    wanted = words(" ".join(entry["text"]), language)
    job, page, _ = engine.laid_out(work, given.number)
    # What runs off the page is not on the picture.
    runs = [
        run
        for run in job.canvas.measure(page.html, size.width).runs
        if run.right <= size.width and run.bottom <= size.height
    ]
    by_layout.add(f"{name} ({job.brief.kind})", wanted, words(" ".join(run.text for run in runs), language))
    if reader:
        original = engine.draw(work, given.number)
        image = pyvips.Image.new_from_memory(original.data, size.width, size.height, 4, "uchar")[:3]
        before = len(by_reader.misses)
        by_reader.add(f"{name} ({job.brief.kind})", wanted, words(reader(image), language))
        if given.keep and len(by_reader.misses) > before:
            given.keep.mkdir(parents=True, exist_ok=True)
            image.copy(interpretation="srgb").write_to_file(str(given.keep / f"{language}-{entry['prompt_id']}.png"))
    return job.brief.kind


def ocr() -> Reader:
    """RapidOCR with the models of its own package; it wants blue first."""
    engine: Any = import_module("rapidocr").RapidOCR()

    def text(image: pyvips.Image) -> str:
        found = engine(image.numpy()[:, :, ::-1].copy())
        return " ".join(found.txts or ())

    return text


if __name__ == "__main__":
    main()
