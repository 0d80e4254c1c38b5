"""Expressions: drawn over the faces of icons, and whole faces for things that have none."""

from easel_sketch.colour.mixing import mix
from easel_sketch.drawing.ink import circle, oval, path, stroke, trace
from easel_sketch.drawing.shown import shown
from easel_sketch.parts.head import Head

_INK, _TEAR = "#33261f", "#63b8f2"
_AS_IS, _TURNED = "scale(1 1)", "scale(-1 1)"  # of letters, which stay readable in a mirrored drawing


def expression(face: str, head: Head) -> str:
    """What an expression changes on an icon's face, on its view box of 128; nothing where the eyes are unknown."""
    if not face or not head.eyes or not head.skin:
        return ""
    left, right, y, r = head.eyes
    width = max(2.6, r * 0.5)
    parts = []
    for side, x in ((-1, left), (1, right)):
        if face in ("sleeping", "smiling") or (face == "winking" and side > 0):
            bend = 0.8 if face == "sleeping" else -1.1
            parts.append(circle(x, y, r * 1.45, head.skin))
            lid = trace(
                "M", x - r * 1.15, y - bend * r * 0.3, "Q", x, y + bend * r * 1.2, x + r * 1.15, y - bend * r * 0.3
            )
            parts.append(stroke(lid, _INK, width))
        if face in _BROWS:
            inner, outer = _BROWS[face]
            brow = trace("M", x - side * r * 1.2, y - r * inner, "L", x + side * r * 1.5, y - r * outer)
            parts.append(stroke(brow, _INK, width * 1.25))
        if face == "crying":
            parts.append(_tear(x + side * r * 0.2, y + r * 1.2, r * 1.15))
    return shown("".join([*parts, _mouth(face, head)]), face)


# Heights of the inner and the outer end of an eyebrow above the eye, in radii of the eye.
_BROWS = {"angry": (1.2, 2.4), "sad": (2.5, 1.6), "crying": (2.5, 1.6), "surprised": (2.4, 2.3)}


def _mouth(face: str, head: Head) -> str:
    if not head.mouth:
        return ""
    x, y, w = head.mouth
    if face == "smiling":
        return _grin(x, y - w * 0.12, max(w, 14))
    if face == "surprised":
        return oval(x, y + 2, max(5.0, w * 0.28), max(6.5, w * 0.36), "#5b2330")
    if face in ("angry", "sad", "crying") and w > 22:
        cover = oval(x, y, w * 0.72, w * 0.36, head.skin)
        return cover + stroke(
            trace("M", x - w * 0.4, y + w * 0.2, "Q", x, y - w * 0.24, x + w * 0.4, y + w * 0.2), _INK, 4
        )
    return ""


def _grin(x: float, y: float, w: float) -> str:
    half = w / 2
    shape = trace("M", x - half, y, "H", x + half, "Q", x + half * 0.9, y + half * 1.15, x, y + half * 1.15)
    shape += " " + trace("Q", x - half * 0.9, y + half * 1.15, x - half, y, "Z")
    tongue = oval(x, y + half * 0.86, half * 0.5, half * 0.24, "#f27a86")
    return path(shape, "#6b2330") + tongue


def _tear(x: float, y: float, size: float) -> str:
    drop = trace("M", x, y, "C", x + size, y + size * 1.6, x + size * 0.8, y + size * 2.6, x, y + size * 2.6)
    drop += " " + trace("C", x - size * 0.8, y + size * 2.6, x - size, y + size * 1.6, x, y, "Z")
    return path(drop, _TEAR) + circle(x - size * 0.25, y + size * 1.9, size * 0.22, "#ffffff", 'opacity=".8"')


def own_face(face: str, x: float, y: float, w: float) -> str:
    """Eyes and mouth for a thing, `w` wide and centred on (x, y), in any unit."""
    parts = []
    for side in (-1, 1):
        eye, r = x + side * w * 0.29, w * 0.085
        if face in ("sleeping", "smiling") or (face == "winking" and side > 0):
            bend = 1 if face == "sleeping" else -1
            lid = trace("M", eye - r * 1.2, y - w * 0.06, "q", r * 1.2, bend * r * 1.9, r * 2.4, 0.0)
            parts.append(stroke(lid, _INK, w * 0.05))
        else:
            parts += [
                circle(eye, y - w * 0.05, r, _INK),
                circle(eye - r * 0.3, y - w * 0.05 - r * 0.35, r * 0.34, "#ffffff"),
            ]
        if face in _BROWS:
            inner, outer = _BROWS[face]
            brow = trace(
                "M", eye - side * r * 1.3, y - w * 0.05 - r * inner, "L", eye + side * r * 1.6, y - w * 0.05 - r * outer
            )
            parts.append(stroke(brow, _INK, w * 0.045))
        if face == "crying":
            parts.append(_tear(eye + side * r * 0.3, y + w * 0.02, w * 0.085))
        elif face != "angry":
            parts.append(oval(x + side * w * 0.46, y + w * 0.12, w * 0.085, w * 0.055, "#ff7f8e", 'opacity=".6"'))
    return shown("".join([*parts, _own_mouth(face, x, y + w * 0.16, w)]), *([face] if face else []))


def _own_mouth(face: str, x: float, y: float, w: float) -> str:
    if face == "smiling":
        return _grin(x, y, w * 0.32)
    if face in ("surprised", "sleeping"):
        share = 0.08 if face == "surprised" else 0.04
        return oval(x, y + w * 0.06, w * share, w * share * 1.3, mix(_INK, "#8a3540", 0.4))
    bend = -0.14 if face in ("sad", "crying", "angry") else 0.14
    start = y + (w * 0.1 if bend < 0 else 0)
    return stroke(trace("M", x - w * 0.13, start, "q", w * 0.13, w * bend, w * 0.26, 0.0), _INK, w * 0.045)


def mirrored(drawing: str) -> str:
    """The drawing with its letters turned, to be shown in a mirror."""
    return drawing.replace(_AS_IS, _TURNED)


def zzz(x: float, y: float, size: float) -> str:
    """Three letters Z that rise from a sleeper's head."""
    parts = []
    for place, (dx, dy) in enumerate(((0, 0), (0.7, -0.62), (1.5, -1.4))):
        s = size * (0.5 + 0.25 * place)
        left, top = x + dx * size, y + dy * size
        line = trace("M", -s / 2, -s / 2, "h", s, "L", -s / 2, s / 2, "h", s)
        drawn = stroke(line, "#ffffff", s * 0.42) + stroke(line, "#5a6fb8", s * 0.2)
        parts.append(f'<g transform="translate({left:.1f} {top:.1f}) {_AS_IS}">{drawn}</g>')
    return shown("".join(parts), "sleeping")
