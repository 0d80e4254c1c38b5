"""The browser window and the page's navigation bar."""

from easel_sketch.colour.mixing import fade, mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.geometry import Box
from easel_sketch.drawing.ink import circle, rect
from easel_sketch.parts.mark import fill_and_ink, lead_icon
from easel_sketch.parts.stack import Row, stack

BAR = 52


def window(job: Commission, frame: Box, face: str) -> str:
    u, palette = job.unit, job.palette
    one = mix(palette.accent(0), palette.ramp[1], 0.4)
    other = mix(mix(palette.accent(0), palette.accent(1), 0.3), palette.ramp[0], 0.45)
    desk = job.page.div("", f"background-image:linear-gradient(135deg,{one},{other});")
    radius = 20 * u
    shade = f"box-shadow:0 {24 * u:.0f}px {70 * u:.0f}px {fade('#000000', 0.36)};"
    body = frame.div("", f"background:{face};border-radius:{radius:.1f}px;{shade}")
    chrome = mix(face, palette.ink, 0.07)
    bar = Box(frame.x, frame.y, frame.w, BAR * u)
    top = bar.div("", f"background:{chrome};border-radius:{radius:.1f}px {radius:.1f}px 0 0;")
    lights = ("#ff5f57", "#febc2e", "#28c840")
    y = bar.centre[1]
    art = "".join(circle(frame.x + (32 + 25 * i) * u, y, 7.5 * u, tone) for i, tone in enumerate(lights))
    art += rect(frame.x + 140 * u, y - 15 * u, frame.w - 280 * u, 30 * u, face, 15 * u)
    return desk + body + top + job.page.svg(art)


def navigation(job: Commission, box: Box, brand: str, ink: str) -> str:
    """Logo, name if known, and bars for links."""
    u, palette, turned = job.unit, job.palette, job.brief.right_to_left
    size = 52 * u
    y = box.centre[1]
    x = box.right - size if turned else box.x
    art = rect(x, y - size / 2, size, size, palette.tint(0, 0.24), size * 0.3) + icons.placed(
        lead_icon(job), x + size / 2, y, size * 0.68
    )
    count = 3 if job.aspect > 1.15 else 1
    far = box.x if turned else box.right - 118 * u
    for place in range(count):
        step = (146 + 104 * place) * u
        left = box.x + step if turned else box.right - step - 68 * u
        art += rect(left, y - 6 * u, 68 * u, 12 * u, mix(palette.surface, ink, 0.2), 6 * u)
    art += rect(far, y - 22 * u, 118 * u, 44 * u, fill_and_ink(job, 0)[0], 22 * u)
    art += rect(far + 32 * u, y - 6 * u, 54 * u, 12 * u, fill_and_ink(job, 0)[1], 6 * u, 'opacity=".85"')
    if not brand:
        return job.page.svg(art)
    room = box.w - size - 20 * u - (160 + 104 * count) * u
    words = Box(x - 18 * u - room if turned else x + size + 18 * u, box.y, room, box.h)
    row = [Row(brand, job.faces.head, 1, ink)]
    return job.page.svg(art) + stack(job, words, row, anchor="center", most=40)
