"""Abstract compositions with hard edges: a grid of forms, free forms, blocks between bars, rings, terrazzo."""

from math import cos, pi, sin, tau

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, path, polygon, rect, ring, stroke, trace
from easel_sketch.parts.inks import Inks

_CELLS = (3, 4, 5)


def form_grid(job: Commission, inks: Inks) -> str:
    """Square cells, each with quarter circles, half circles, discs, bars or triangles; neighbours differ in colour."""
    page, rng = job.page, job.rng
    short = _CELLS[job.detail] + job.index % 2
    side = min(page.w, page.h) / short
    columns, rows = round(page.w / side), round(page.h / side)
    wide, high = page.w / columns, page.h / rows
    parts, above = [], [-1] * columns
    tones = (*inks.all, inks.paper)
    for row in range(rows):
        left = -1
        for column in range(columns):
            back = rng.choice([i for i in range(len(tones)) if i not in (left, above[column])])
            front = rng.choice([i for i in range(len(tones)) if i != back])
            box = Box(column * wide, row * high, wide + 0.6, high + 0.6)
            parts.append(
                rect(box.x, box.y, box.w, box.h, tones[back])
                + _form(job, box, tones[front], tones[(front + 1) % len(tones)])
            )
            left = above[column] = back
    return "".join(parts)


def _form(job: Commission, box: Box, tone: str, other: str) -> str:
    x, y, r, b, w, h = box.x, box.y, box.right, box.bottom, box.w, box.h
    corners = (
        trace("M", x, y, "H", r, "A", w, h, 0, "0", "1", x, b, "Z"),
        trace("M", r, y, "V", b, "A", w, h, 0, "0", "1", x, y, "Z"),
        trace("M", r, b, "H", x, "A", w, h, 0, "0", "1", r, y, "Z"),
        trace("M", x, b, "V", y, "A", w, h, 0, "0", "1", r, b, "Z"),
    )
    halves = (
        trace("M", x, y, "A", w / 2, h / 2, 0, "0", "0", r, y, "Z"),
        trace("M", x, b, "A", w / 2, h / 2, 0, "0", "1", r, b, "Z"),
        trace("M", x, y, "L", r, b, "H", x, "Z"),
        trace("M", r, y, "L", r, b, "L", x, b, "Z"),
    )
    cx, cy = box.centre
    short = min(w, h)
    bars = "".join(rect(x, y + h * (i * 2 + 0.5) / 8, w, h / 8, tone) for i in range(4))
    kinds = (
        path(job.rng.choice(corners), tone),
        path(job.rng.choice(corners), tone),
        path(job.rng.choice(halves), tone),
        circle(cx, cy, short * 0.36, tone) + circle(cx, cy, short * 0.15, other),
        ring(cx, cy, short * 0.32, tone, short * 0.13),
        bars,
        path(halves[0], tone) + path(halves[1], other),
        "".join(circle(x + w * (i % 3 + 0.5) / 3, y + h * (i // 3 + 0.5) / 3, short * 0.075, tone) for i in range(9)),
    )
    return job.rng.choice(kinds)


def free_forms(job: Commission, inks: Inks) -> str:
    """A few large forms on a pale ground: disc, half circle, bars, a triangle, rings and dots."""
    w, h = job.page.w, job.page.h
    s, side = min(w, h), -1 if job.mirrored else 1
    a, b, c = inks.all[0], inks.all[1 % len(inks.all)], inks.all[2 % len(inks.all)]
    at = (job.index // 2) % 2

    def px(share: float) -> float:
        return w * (0.5 + side * (share - 0.5))

    cx, cy, r = px((0.36, 0.62)[at]), h * (0.42, 0.56)[at], s * 0.29
    parts = [rect(0, 0, w, h, inks.paper), rect(px(0.72) - w * 0.13, 0, w * 0.26, h * 0.62, mix(b, inks.paper, 0.0))]
    parts += [
        circle(cx, cy, r, a),
        path(
            trace("M", cx, cy - r, "A", r, r, 0, "0", "0" if side > 0 else "1", cx, cy + r, "Z"), mix(a, inks.ink, 0.22)
        ),
    ]
    hx, hy = px(0.66), h * 0.72
    parts.append(path(trace("M", hx - s * 0.3, hy, "A", s * 0.3, s * 0.3, 0, "0", "0", hx + s * 0.3, hy, "Z"), c))
    tri = [(px(0.1), h * 0.93), (px(0.42), h * 0.93), (px(0.26), h * 0.62)]
    parts.append(polygon(tri, inks.ink, 'opacity=".94"'))
    parts += [rect(0, h * (0.775 + 0.028 * i), w, s * 0.009, inks.ink) for i in range(2)]
    parts.append(stroke(trace("M", px(0.04), h * 0.16, "L", px(0.96), h * 0.54), inks.ink, s * 0.014))
    for i in range(4):
        parts.append(ring(px(0.83), h * 0.24, s * (0.06 + 0.032 * i), inks.ink, s * 0.008))
    parts += [
        circle(px(0.06 + 0.045 * (i % 4)), h * (0.07 + 0.045 * (i // 4) * w / h), s * 0.011, inks.ink)
        for i in range(12 if job.detail else 4)
    ]
    parts += [
        circle(px(0.3), h * 0.82, s * 0.045, b),
        rect(px(0.9) - s * 0.05, h * 0.83, s * 0.1, s * 0.1, a),
        circle(px(0.5), h * 0.3, s * 0.03, c),
    ]
    return "".join(parts)


def blocks(job: Commission, inks: Inks) -> str:
    """Coloured and pale blocks between black bars."""
    u = job.unit
    boxes, bar = [job.page], 16 * u
    for _ in range((7, 11, 15)[job.detail]):
        boxes.sort(key=lambda box: -box.w * box.h)
        box = boxes.pop(0)
        share = job.rng.choice((0.28, 0.36, 0.62, 0.7))
        if box.w > box.h * job.rng.uniform(0.8, 1.25):
            boxes += [
                Box(box.x, box.y, box.w * share, box.h),
                Box(box.x + box.w * share, box.y, box.w * (1 - share), box.h),
            ]
        else:
            boxes += [
                Box(box.x, box.y, box.w, box.h * share),
                Box(box.x, box.y + box.h * share, box.w, box.h * (1 - share)),
            ]
    order = sorted(boxes, key=lambda box: (round(box.x * 7 + box.y * 13) % 11, box.x))
    fills = {id(box): inks.all[i % len(inks.all)] for i, box in enumerate(order[: max(4, len(order) // 2)])}
    parts = [rect(box.x, box.y, box.w, box.h, fills.get(id(box), inks.paper)) for box in boxes]
    edge = f'stroke="{inks.ink}" stroke-width="{bar:.1f}"'
    return "".join([*parts, *(rect(box.x, box.y, box.w, box.h, "none", 0, edge) for box in boxes)])


def rings(job: Commission, inks: Inks) -> str:
    """Concentric rings around several centres, clipped by their neighbours."""
    w, h, s = job.page.w, job.page.h, min(job.page.w, job.page.h)
    parts = [rect(0, 0, w, h, inks.paper)]
    centres = ((0.3, 0.62, 0.66), (0.84, 0.2, 0.46), (0.92, 0.94, 0.4), (0.06, 0.1, 0.32))
    for place, (x, y, r) in enumerate(centres[: 2 + job.detail]):
        x = 1 - x if job.mirrored else x
        y = 1 - y if job.index // 2 % 2 else y
        count = 9 - place
        for i in range(count):
            tone = (
                inks.all[(i + place) % len(inks.all)]
                if i % 2 == 0
                else mix(inks.paper, inks.all[(i + place) % len(inks.all)], 0.16)
            )
            parts.append(circle(w * x, h * y, s * r * (1 - i / count), tone))
    return "".join(parts)


def terrazzo(job: Commission, inks: Inks) -> str:
    """Stone chips of many sizes, evenly distributed on a pale ground."""
    w, h, u = job.page.w, job.page.h, job.unit
    parts, placed = [rect(0, 0, w, h, inks.paper)], list[tuple[float, float, float]]()
    for size, tries in ((92, 50), (54, 170), (26, 420), (11, (200, 500, 900)[job.detail])):
        for _ in range(tries):
            x, y, r = job.rng.uniform(0, w), job.rng.uniform(0, h), size * u * job.rng.uniform(0.7, 1.15)
            if all((x - a) ** 2 + (y - b) ** 2 > (r + c) ** 2 * 0.92 for a, b, c in placed):
                placed.append((x, y, r))
                parts.append(_chip(job, x, y, r, inks.shades[len(placed) % len(inks.shades)]))
    return "".join(parts)


def _chip(job: Commission, x: float, y: float, r: float, tone: str) -> str:
    corners = job.rng.randrange(5, 8)
    turn = job.rng.uniform(0, tau)
    points = [
        (
            x + cos(turn + 2 * pi * i / corners) * r * job.rng.uniform(0.62, 1.0),
            y + sin(turn + 2 * pi * i / corners) * r * job.rng.uniform(0.62, 1.0),
        )
        for i in range(corners)
    ]
    return polygon(points, tone, f'stroke="{tone}" stroke-width="{r * 0.12:.1f}" stroke-linejoin="round"')
