"""Parse crop, zoom, extend, mirror and turn."""

from easel_sketch.edits.clause import Clause
from easel_sketch.edits.steps import Shape

_NUMBER = r"(\d+(?:[.,]\d+)?)\s*(%|percent|x\b|×|times|°|degrees|grad|grados|degrés|度)?"


def shapes(read: Clause) -> list[Shape]:
    """The shape steps a clause asks for."""
    if read.take("shape.mirror"):
        return [Shape("mirror", place="vertical" if read.take("shape.upright") else "horizontal")]
    if read.take("shape.turn"):
        return [Shape("turn", amount=_degrees(read))]
    if read.take("shape.cover"):
        return [Shape("cover")]
    crop, zoom, extend = (read.take(f"shape.{name}") for name in ("crop", "zoom", "extend"))
    ratio = read.first("ratio") or _ratio(read)
    if not (crop or zoom or extend or ratio):
        return []
    subject = read.take("subject.word")
    share = _amount(read)
    place = read.first("place")
    read.matched(r"\b(?:canvas|sides?|edges?|half|third|quarter|aspect|ratio|format|size|on|off|borders?|by|times)\b")
    action = "crop" if crop else "extend" if extend else "zoom" if zoom else "extend"
    return [Shape(action, ratio, place, share, subject)]


def _ratio(read: Clause) -> str:
    found = read.matched(r"\b(\d{1,2})\s*[:：/]\s*(\d{1,2})\b")
    return f"{found[1]}:{found[2]}" if found and int(found[1]) and int(found[2]) else ""


def _degrees(read: Clause) -> float:
    found = read.matched(_NUMBER)
    value = float(found[1].replace(",", ".")) if found else 180.0 if read.has("shape.half") else 90.0
    read.take("shape.half")
    back = read.take("shape.anticlockwise")
    read.matched(r"\b(?:clockwise|to the right|right)\b")
    return -value if back else value


def _amount(read: Clause) -> float:
    """A share: 0.2 for "20 %", 2 for "2x", 1/3 for "the left third"."""
    for word, share in (("half", 0.5), ("third", 1 / 3), ("quarter", 0.25), ("double", 2.0), ("twice", 2.0)):
        if read.matched(rf"\b{word}\b"):
            return share
    found = read.matched(_NUMBER)
    if not found:
        return 0.0
    value = float(found[1].replace(",", "."))
    return value / 100 if found[2] in ("%", "percent") or value > 8 else value
