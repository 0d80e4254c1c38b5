"""A trace of one real job as a picture, for the documentation: every span a bar, below the one that began it.

    make trace-image

The job runs in two processes on a PostgreSQL (`tools.traced_run`); the sketch provider's own engine sets the picture.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pyvips
from tests.support.traces import Span
from tools.traced_run import traced_run

from easel_sketch import Size
from easel_sketch.drawing.canvas import TakumiCanvas
from easel_sketch.library import Fonts

OUT = Path("src/easel/docs/pages/images/trace.webp")
WIDTH, NAMES, ROW, HEAD, EDGE = 1120, 300, 40, 150, 32
COLOURS = {"api": "#2f6f8f", "server": "#2f6f8f", "worker": "#c8643c"}
INK, FAINT, PAPER, LINE = "#1d2430", "#6b7482", "#fbfaf7", "#e4e1da"


def main() -> None:
    run = traced_run()
    size, html = drawn(run.spans)
    pixels = rendered(html, size)
    image = pyvips.Image.new_from_memory(pixels, size.width, size.height, 4, "uchar").flatten(background=255)
    image.copy(interpretation="srgb").webpsave(str(OUT), Q=88, smart_subsample=True)
    for span in run.spans:
        print(f"{span.process.get('easel.process'):8} {span.name:28} {span.milliseconds:8.1f} ms")
    print(OUT, f"{OUT.stat().st_size:,} bytes")


def rendered(html: str, size: Size) -> bytes:
    canvas = TakumiCanvas()
    Fonts(canvas).load((("Inter", "inter-*"), ("JetBrains Mono", "jetbrains-mono-*")))
    return canvas.render(html, size, {})


def drawn(spans: Sequence[Span]) -> tuple[Size, str]:
    """The waterfall as HTML, and how large it is."""
    rows = in_order(spans)
    begin, end = min(span.began for span in spans), max(span.ended for span in spans)
    scale = (WIDTH - NAMES - EDGE - 110) / (end - begin)
    height = HEAD + ROW * len(rows) + EDGE
    parts = [_box(0, 0, WIDTH, height, PAPER), *_heading(spans, (end - begin) / 1e6)]
    parts += _axis(begin, end, scale, height)
    for number, (depth, span) in enumerate(rows):
        top = HEAD + number * ROW
        left, width = NAMES + (span.began - begin) * scale, max(3.0, (span.ended - span.began) * scale)
        colour = COLOURS[str(span.process.get("easel.process"))]
        parts.append(_text(EDGE + depth * 22, top + 8, span.name, 19, INK, 500))
        parts.append(_box(left, top + 8, width, ROW - 16, colour, radius=4))
        parts.append(_text(left + width + 9, top + 10, f"{span.milliseconds:,.1f} ms", 16, FAINT, 500))
    return Size(WIDTH, height), f"<div>{''.join(parts)}</div>"


def in_order(spans: Sequence[Span]) -> list[tuple[int, Span]]:
    """Each span below its parent, by when it began, with how deep it is."""
    known = {span.span_id for span in spans}

    def below(parent: str | None, depth: int) -> list[tuple[int, Span]]:
        found: list[tuple[int, Span]] = []
        for span in sorted(spans, key=lambda one: one.began):
            if span.parent_id == parent or (parent is None and span.parent_id not in known):
                found += [(depth, span), *below(span.span_id, depth + 1)]
        return found

    return below(None, 0)


def _heading(spans: Sequence[Span], milliseconds: float) -> list[str]:
    about = next(span.about for span in spans if span.name == "run")
    line = f"{about['easel.model']} · {about['easel.provider']} · {about['easel.outcome']} · {milliseconds:,.0f} ms"
    parts = [
        _text(EDGE, 30, f"Trace {spans[0].trace_id}", 24, INK, 700),
        _text(EDGE, 68, f"job {about['easel.job_id']} · {line}", 17, FAINT, 500),
    ]
    for number, (kind, name) in enumerate((("api", "easel serve --no-worker"), ("worker", "easel worker"))):
        left = WIDTH - 290
        parts += [_box(left, 34 + number * 32, 18, 18, COLOURS[kind], radius=4)]
        parts += [_text(left + 28, 32 + number * 32, name, 17, INK, 500)]
    return parts


def _axis(begin: int, end: int, scale: float, height: int) -> list[str]:
    parts = []
    for step in range(0, int((end - begin) / 1e6) + 1, 250):
        left = NAMES + step * 1e6 * scale
        parts.append(_box(left, HEAD - 8, 1, height - HEAD - EDGE + 16, LINE))
        parts.append(_text(left - 2, HEAD - 36, f"{step} ms", 15, FAINT, 500))
    return parts


def _box(left: float, top: float, width: float, height: float, colour: str, *, radius: int = 0) -> str:
    place = f"left:{left:.1f}px;top:{top:.1f}px;width:{width:.1f}px;height:{height:.1f}px"
    return f'<div class="a" style="{place};background:{colour};border-radius:{radius}px"></div>'


def _text(left: float, top: float, text: str, size: int, colour: str, weight: int) -> str:
    look = f"font-family:'Inter';font-size:{size}px;font-weight:{weight};color:{colour};white-space:nowrap"
    return f'<div class="a" style="left:{left:.1f}px;top:{top:.1f}px;{look}">{escape(text)}</div>'


if __name__ == "__main__":
    main()
