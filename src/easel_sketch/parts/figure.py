"""Full figures: icons of heads get a body that stands or sits, and hands that hold something."""

from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.ink import circle, oval, path, rect, stroke, trace
from easel_sketch.parts.named_things import Thing, has_sides, thing

_SKIN, _SHOE = "#ffca28", "#4b3b36"
RAISED = frozenset({"umbrella", "umbrella-with-rain-drops", "balloon", "kite", "red-paper-lantern"})
WORN = {
    **dict.fromkeys(("top-hat", "womans-hat", "billed-cap", "graduation-cap", "crown", "military-helmet"), "hat"),
    **dict.fromkeys(("glasses", "sunglasses", "goggles"), "face"),
    "scarf": "neck",
}
_WHITE_BELLIED = ("panda",)
_TAILLESS = frozenset(
    {"robot", "alien", "frog", "bear", "polar-bear", "koala", "pig-face", "rabbit-face", "hamster", "chicken"}
)


@dataclass(frozen=True, slots=True)
class Pose:
    """A figure's posture, what it holds, holds up and wears.

    `sole` is the lower end of a full animal's drawing, as a share of its view box.
    """

    seated: bool = False
    waves: bool = False
    holds: str = ""
    flipped: bool = False
    wears: tuple[str, ...] = ()
    raises: str = ""
    sole: float = 0.985


@dataclass(frozen=True, slots=True)
class _BodyColours:
    """The colours of a body's parts."""

    body: str
    front: str
    hand: str
    legs: str
    feet: str
    tail: str = ""


def has_body(name: str) -> bool:
    """Whether a body is drawn for this icon; other icons show a full figure already."""
    table = library.table("figures")
    return name in table["beasts"] or name in table["people"]


def upright(name: str) -> str:
    """The icon of an animal's head to use when it needs hands; the same icon if there is none."""
    return str(library.table("figures")["upright"].get(name, name))


def figure(name: str, x: float, foot: float, tall: float, pose: Pose | None = None, shirt: str = "#3f7fc0") -> str:
    """A figure `tall` pixels high standing on (x, foot), with a drawn body if its icon is only a head."""
    pose = pose or Pose()
    if pose.holds or pose.raises:
        name = upright(name)
    if not has_body(name):
        return _whole(name, x, foot, tall, pose)
    drawn = (
        _seated(name, tall, pose, _body_colours(name, shirt))
        if pose.seated
        else _standing(name, tall, pose, _body_colours(name, shirt))
    )
    return f'<g transform="translate({x:.1f} {foot:.1f}) scale({-1 if pose.flipped else 1} 1)">{drawn}</g>'


def ground_shadow(x: float, foot: float, wide: float, strength: float = 0.2) -> str:
    """The shadow of something on the ground."""
    return (
        f'<ellipse cx="{x:.1f}" cy="{foot:.1f}" rx="{wide * 0.5:.1f}" ry="{wide * 0.075:.1f}" fill="#0b1020" '
        f'opacity="{strength}"/>'
    )


def _worn(pose: Pose, tall: float, head: float, size: float) -> str:
    """Hats, glasses and scarfs at the right place of a head of `size` at height `head`, in heights of the figure."""
    places = {"hat": (head + size * 0.44, 0.72), "face": (head + size * 0.02, 0.6), "neck": (head - size * 0.46, 0.66)}
    parts = []
    for name in pose.wears:
        high, share = places[WORN[name]]
        parts.append(icons.placed(name, 0, -tall * high, tall * size * share))
    return "".join(parts)


def _whole(name: str, x: float, foot: float, tall: float, pose: Pose) -> str:
    drawn = icons.placed(name, 0, -tall * (pose.sole - 0.5), tall) + _worn(pose, tall, 0.76, 0.44)
    if pose.holds:
        drawn += icons.placed(pose.holds, -tall * 0.3, -tall * 0.2, tall * 0.42)
    # Animals of the icon pack look to the left.
    side = -1 if pose.flipped and has_sides(name) else 1
    return f'<g transform="translate({x:.1f} {foot:.1f}) scale({side} 1)">{drawn}</g>'


def _body_colours(name: str, shirt: str) -> _BodyColours:
    table = library.table("figures")
    if name in table["people"]:
        top, legs = table["people"][name]
        worn = top or shirt
        return _BodyColours(worn, worn, _SKIN if not top or top != legs else mix(worn, "#000000", 0.25), legs, _SHOE)
    fur, belly = table["beasts"][name]
    dark = mix(fur, "#33231c", 0.3)
    if name in _WHITE_BELLIED:
        return _BodyColours(fur, belly, "#3c3c3c", "#3c3c3c", "#3c3c3c")
    tail = belly if name == "fox" else fur
    return _BodyColours(
        fur, belly, dark if name != "robot" else "#c62828", fur, dark, tail if name not in _TAILLESS else ""
    )


def _torso(tall: float, top: float, bottom: float, wide: float, coat: _BodyColours) -> str:
    """A body from `top` to `bottom` above the ground, in heights of the figure."""
    a, b, y0, y1 = wide * 0.4 * tall, wide * 0.5 * tall, -top * tall, -bottom * tall
    shape = trace(
        "M",
        -a,
        y0,
        "C",
        -b * 1.06,
        y0 + (y1 - y0) * 0.5,
        -b,
        y1,
        -b * 0.8,
        y1,
        "H",
        b * 0.8,
        "C",
        b,
        y1,
        b * 1.06,
        y0 + (y1 - y0) * 0.5,
        a,
        y0,
        "Z",
    )
    y = (y0 + y1 * 2) / 3
    if coat.front == coat.body:
        return path(shape, coat.body)
    front = oval(0, y, b * 0.56, (y1 - y0) * 0.34, coat.front)
    return path(shape, coat.body) + front


def _standing(name: str, tall: float, pose: Pose, coat: _BodyColours) -> str:
    person = name in library.table("figures")["people"]
    wide = 0.3 if person else 0.34
    legs = ""
    for side in (-1, 1):
        x = side * tall * 0.085
        legs += rect(x - tall * 0.06, -tall * 0.24, tall * 0.12, tall * 0.22, coat.legs, tall * 0.04)
        legs += oval(x + side * tall * 0.015, -tall * 0.028, tall * 0.082, tall * 0.034, coat.feet)
    body = _torso(tall, 0.56, 0.17, wide, coat)
    if name == "robot":
        body = _chassis(tall, coat)
    head = icons.placed(name, 0, -tall * 0.735, tall * 0.53) + _worn(pose, tall, 0.735, 0.53)
    back, front = _arms(tall, pose, coat, shoulder=0.47, lap=0.34)
    return _tail(tall, coat, 0.2) + legs + back + body + head + front


def _chassis(tall: float, coat: _BodyColours) -> str:
    body = rect(-tall * 0.17, -tall * 0.5, tall * 0.34, tall * 0.32, coat.body, tall * 0.05)
    plate = rect(-tall * 0.11, -tall * 0.42, tall * 0.22, tall * 0.17, coat.front, tall * 0.03)
    lamps = "".join(
        circle((i - 1) * tall * 0.06, -tall * 0.37, tall * 0.018, tone)
        for i, tone in enumerate(("#c62828", "#f2b134", "#4caf6d"))
    )
    bar = rect(-tall * 0.08, -tall * 0.32, tall * 0.16, tall * 0.025, mix(coat.body, "#22303a", 0.4), tall * 0.01)
    return body + plate + lamps + bar


def _seated(name: str, tall: float, pose: Pose, coat: _BodyColours) -> str:
    """Sitting on the ground with the legs to the front."""
    drawn = _tail(tall, coat, 0.1) + _torso(tall, 0.46, 0.0, 0.42, coat)
    back, front = _arms(tall, pose, coat, shoulder=0.37, lap=0.2)
    for side in (-1, 1):
        x = side * tall * 0.17
        drawn += stroke(
            trace("M", side * tall * 0.12, -tall * 0.1, "Q", x * 1.3, -tall * 0.12, x * 1.15, -tall * 0.055),
            coat.legs,
            tall * 0.11,
        )
        drawn += oval(x * 1.25, -tall * 0.05, tall * 0.075, tall * 0.06, coat.feet)
    return back + drawn + icons.placed(name, 0, -tall * 0.66, tall * 0.58) + _worn(pose, tall, 0.66, 0.58) + front


def _arms(tall: float, pose: Pose, coat: _BodyColours, *, shoulder: float, lap: float) -> tuple[str, str]:
    """What is drawn behind and in front of the body: two arms with what they hold."""
    width = tall * 0.085
    y = -tall * shoulder

    def arm(side: int, hand: tuple[float, float], elbow: tuple[float, float]) -> str:
        hx, hy = side * hand[0] * tall, -hand[1] * tall
        d = trace("M", side * tall * 0.12, y, "Q", side * elbow[0] * tall, -elbow[1] * tall, hx, hy)
        return stroke(d, mix(coat.body, "#1a1420", 0.1), width) + circle(hx, hy, width * 0.56, coat.hand)

    if pose.holds:
        size = 0.36 if thing(pose.holds).size > 0.25 else 0.26
        held = icons.placed(pose.holds, 0, -tall * (lap + 0.02), tall * size)
        hand = (size * 0.42, lap - 0.02)
        return "", held + arm(-1, hand, (0.26, lap + 0.02)) + arm(1, hand, (0.26, lap + 0.02))
    if pose.raises:
        hand = (0.33, shoulder + 0.12)
        size = tall * (0.78 if pose.raises.startswith("umbrella") else 0.5)
        above = icons.placed(pose.raises, -tall * hand[0], -tall * hand[1] - size * 0.42, size)
        return arm(1, (0.21, lap - 0.08), (0.24, lap + 0.08)), above + arm(-1, hand, (0.28, shoulder - 0.08))
    if pose.waves:
        return arm(1, (0.21, lap - 0.08), (0.24, lap + 0.08)), arm(-1, (0.32, shoulder + 0.2), (0.28, shoulder - 0.04))
    both = "".join(arm(side, (0.2, lap - 0.08), (0.23, lap + 0.06)) for side in (-1, 1))
    return both, ""


def _tail(tall: float, coat: _BodyColours, y: float) -> str:
    if not coat.tail:
        return ""
    d = trace(
        "M",
        tall * 0.1,
        -tall * y,
        "C",
        tall * 0.3,
        -tall * (y - 0.06),
        tall * 0.42,
        -tall * (y + 0.08),
        tall * 0.36,
        -tall * (y + 0.26),
    )
    brush = stroke(d, mix(coat.body, "#33231c", 0.08), tall * (0.12 if coat.tail != coat.body else 0.06))
    tip = circle(tall * 0.36, -tall * (y + 0.25), tall * 0.066, coat.tail) if coat.tail != coat.body else ""
    return brush + tip


def width_of(item: Thing, tall: float) -> float:
    """The approximate width of a figure of this height."""
    return tall * (0.62 if has_body(item.name) else 0.86)
