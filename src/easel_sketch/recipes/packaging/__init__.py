"""A package on a table: jar, bottle, can, pouch or box, with a label that holds the texts."""

from easel_sketch.colour.mixing import mix, readable
from easel_sketch.colour.tone import lightness, toned
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, fall, oval, path, rect, ring, trace
from easel_sketch.drawing.ornament import grain_overlay
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.icon_extent import on_ground
from easel_sketch.parts.named_things import in_scene, named_in
from easel_sketch.parts.stack import stack, words_of
from easel_sketch.recipes import card
from easel_sketch.recipes.packaging.packs import PACKS, Pack, Wrap

MOST_TEXTS, MOST_LETTERS = 7, 260
_PACK_ICONS = frozenset(
    (
        "jar",
        "label",
        "package",
        "shopping-bags",
        "handbag",
        "clutch-bag",
        "money-bag",
        "bottle-with-popping-cork",
        "canned-food",
        "beverage-box",
        "takeout-box",
        "baby-bottle",
        "lotion-bottle",
        "honey-pot",
        "backpack",
        "amphora",
    )
)
_SHOWN = {"jar": ("jar",), "can": ("canned-food",), "box": ("package",)}  # the icons that a package stands for
_ON_TABLE = ("table", "ground")


def draw(job: Commission) -> str:
    if job.brief.exceeds(MOST_TEXTS, MOST_LETTERS) or job.insets:
        return card.draw(job)
    page, u = job.page, job.unit
    pack = PACKS[_shape(job)]
    h = page.h * (0.83 if page.h > page.w else 0.8)
    w = min(page.w * 0.76, h * pack.wide)
    h = min(h, w / pack.wide * 1.04)
    table = page.h * 0.84
    body = Box((page.w - w) / 2, min(table + page.h * 0.075, page.h * 0.95) - h, w, h)
    wrap = _wrap(job, pack)
    drawn, label = pack.draw(job, body, wrap)
    shadow = oval(body.centre[0] + w * 0.06, body.bottom - 2 * u, w * 0.56, w * 0.05, "#140d10", 'opacity=".32"')
    soft = page.svg(shadow, f"filter:blur({10 * u:.0f}px);" if job.detail else "")
    return "".join(
        [
            _table(job, table),
            soft,
            page.svg(shown(drawn, *_SHOWN.get(_shape(job), ()))),
            page.svg(_props(job, body)),
            _label(job, label, wrap),
            grain_overlay(job, 0.4),
        ]
    )


def _shape(job: Commission) -> str:
    """The first package the prompt names; else a pouch or a box."""
    return next(iter(job.brief.variants.get("pack", ())), "") or ("pouch", "box", "jar", "pouch")[job.index % 4]


def _wrap(job: Commission, pack: Pack) -> Wrap:
    """The colours of the package: strong if it is fully printed, pale if it has a paper label."""
    palette = job.palette
    lead, second = palette.accent(job.index), palette.accent(job.index + 1)
    if pack.printed:
        pale = "minimal" in job.brief.style or job.index % 2 == 1
        body = mix("#fbf6ec", lead, 0.07) if pale else toned(lead, min(0.5, lightness(lead)))
        return Wrap(body, body, toned(lead, 0.5) if pale else toned(second, 0.76), palette.ramp[0])
    paper = mix("#fffaf0", palette.surface, 0.2) if not palette.dark else mix(palette.surface, "#000000", 0.1)
    return Wrap(
        toned(lead, min(0.6, max(0.4, lightness(lead)))),
        paper,
        toned(second, min(0.7, lightness(second))),
        palette.ramp[0],
    )


def _table(job: Commission, table: float) -> str:
    """A wall with a lighter arch, and the edge of the table."""
    page, palette = job.page, job.palette
    tone = toned(palette.accent(job.index + 1), 0.86 if not palette.dark else 0.36, 0.5)
    top = mix(tone, palette.ramp[0], 0.16)
    art = [fall("wall", mix(tone, "#ffffff", 0.3), tone), rect(0, 0, page.w, page.h, "url(#wall)")]
    if job.detail:
        r, x = min(page.w, page.h) * 0.46, page.w / 2
        arch = trace(
            "M", x - r, table, "V", page.h * 0.1 + r, "A", r, r, 0, "0", "1", x + r, page.h * 0.1 + r, "V", table, "Z"
        )
        art.append(
            path(arch, mix(tone, "#ffffff", 0.42))
            if job.index % 2 == 0
            else circle(x, page.h * 0.45, r, mix(tone, "#ffffff", 0.4))
        )
    art += [
        fall("top", mix(top, "#ffffff", 0.2), top),
        rect(0, table, page.w, page.h - table, "url(#top)"),
        rect(0, table, page.w, 4 * job.unit, mix(top, "#ffffff", 0.5)),
    ]
    return page.svg("".join(art))


def _props(job: Commission, body: Box) -> str:
    """What the package contains, at its foot, if there is room."""
    found = _contents(job)
    page = job.page
    room = body.x
    if not found or room < page.w * 0.1:
        return ""
    size = min(room * 0.74, page.h * 0.15)
    foot = body.bottom + size * 0.02
    spots = (
        (body.x - size * 0.42, 0.0),
        (body.right + size * 0.46, 0.0),
        (body.right + size * 1.16, 0.06),
        (body.x - size * 1.14, 0.05),
    )
    parts = []
    for place, (x, down) in enumerate(spots):
        if size * 0.5 < x < page.w - size * 0.5:
            y = min(foot + down * size, page.h * 0.985)
            parts.append(oval(x + size * 0.06, y, size * 0.4, size * 0.06, "#140d10", 'opacity=".25"'))
            parts.append(on_ground(job.canvas, found[place % len(found)], x, y, size))
    return "".join(parts)


def _contents(job: Commission) -> list[str]:
    """The icons of what is inside, from the scene and then from the texts."""
    texts = " ".join(text.words for text in job.brief.texts)
    found = [*in_scene(job), *named_in(texts)]
    return list(
        dict.fromkeys(
            item.name for item in found if item.name not in _PACK_ICONS and item.place in _ON_TABLE and not item.alive
        )
    )[:2]


def _label(job: Commission, box: Box, wrap: Wrap) -> str:
    """An icon or a simple emblem, with the texts below."""
    ink = readable(job.palette.ink if not job.palette.dark else wrap.dark, wrap.face, least=7)
    head = readable(wrap.body if wrap.body != wrap.face else wrap.accent, wrap.face, least=4.6)
    inner = box.inset(box.w * 0.08, box.h * 0.06)
    texts = job.brief.texts
    letters = sum(len(text.words) for text in texts)
    share = (0.4 if letters < 70 else 0.3) if texts else 1.0
    if job.index % 2 and texts:
        words, art = inner.rows(1 - share, 10 * job.unit)
    else:
        art, words = inner.rows(share, 10 * job.unit)
    x, y = art.centre
    r = min(art.w, art.h) * 0.46
    emblem = _emblem(job, x, y, r, wrap, _contents(job))
    rows = words_of(job, head=1, body=0.48, ink=head, soft=ink, accent=ink)
    return job.page.svg(emblem) + (stack(job, words, rows, align="center", anchor="center", most=104) if rows else "")


def _emblem(job: Commission, x: float, y: float, r: float, wrap: Wrap, found: list[str]) -> str:
    u, ground = job.unit, mix(wrap.face, wrap.accent, 0.34)
    if found:
        return circle(x, y, r, ground) + ring(x, y, r * 1.1, wrap.accent, 3 * u) + icons.placed(found[0], x, y, r * 1.3)
    kind = (job.index + len(job.brief.title)) % 3
    clip = f'<defs><clipPath id="emblem"><circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/></clipPath></defs>'
    lead = wrap.body if wrap.body != wrap.face else mix(wrap.accent, wrap.dark, 0.3)
    hills = "".join(
        path(
            trace(
                *("M", x - r * 1.2, y + r * low, "Q", x - r * 0.4, y + r * (low - 0.5), x + r * 0.2, y + r * low),
                *("T", x + r * 1.4, y + r * (low - 0.1), "V", y + r * 1.2, "H", x - r * 1.2, "Z"),
            ),
            tone,
        )
        for low, tone in ((0.2, mix(wrap.accent, lead, 0.3)), (0.55, mix(wrap.accent, lead, 0.6)), (0.85, lead))
    )
    inner = (
        circle(x, y - r * 0.1, r * 0.34, wrap.accent) + hills,
        "".join(ring(x, y + r, r * (0.5 + 0.28 * i), (lead, wrap.accent)[i % 2], r * 0.13) for i in range(5)),
        "".join(
            path(
                trace(
                    *("M", x, y + r * 0.75),
                    *("Q", x + side * r * reach, y + r * 0.2, x + side * r * reach * 0.9, y - r * high),
                    *("Q", x + side * r * 0.05, y - r * 0.1, x, y + r * 0.75, "Z"),
                ),
                tone,
            )
            for side, reach, high, tone in (
                (-1, 0.75, 0.3, wrap.accent),
                (1, 0.75, 0.3, wrap.accent),
                (-1, 0.34, 0.66, lead),
                (1, 0.34, 0.66, lead),
            )
        ),
    )[kind]
    return (
        clip + circle(x, y, r, ground) + f'<g clip-path="url(#emblem)">{inner}</g>' + ring(x, y, r * 1.08, lead, 3 * u)
    )
