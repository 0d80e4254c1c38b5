"""Full figures: icons of heads get a body that stands, sits or lies, with clothes, and hands that hold something."""

from collections.abc import Callable
from dataclasses import dataclass

from easel_sketch import library
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.ink import circle, oval, path, rect, stroke, trace
from easel_sketch.drawing.shown import shown
from easel_sketch.parts import clothes, head
from easel_sketch.parts.clothes import Garment
from easel_sketch.parts.face import expression, zzz
from easel_sketch.parts.garments import Torso
from easel_sketch.parts.named_things import has_sides, thing

_Arm = Callable[[int, tuple[float, float], tuple[float, float]], str]
_SKIN, _SHOE = "#ffca28", "#4b3b36"
STANDING, SEATED, LYING, RIDING = "standing", "seated", "lying", "riding"
DOWN, WAVES, CHEERS, HIPS = "down", "waves", "cheers", "hips"
_WHITE_BELLIED = ("panda",)
_TAILS = {**dict.fromkeys(("squirrel", "chipmunk", "skunk"), "plume"), "beaver": "paddle"}
_TAILLESS = frozenset(
    {"robot", "alien", "frog", "bear", "polar-bear", "koala", "pig-face", "rabbit-face", "hamster", "chicken",
     "hedgehog", "sloth", "deer", "goat", "ewe", "gorilla", "capybara", "seal"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pose:
    """A figure's posture, what its arms do, its expression, what it holds and wears.

    `sole` is the lower end of a full animal's drawing, as a share of its view box. `holds_tint` recolours what is held.
    """

    posture: str = STANDING
    arms: str = DOWN
    holds: str = ""
    holds_tint: str = ""
    flipped: bool = False
    wears: tuple[Garment, ...] = ()
    face: str = ""
    tint: str = ""
    sole: float = 0.985


@dataclass(frozen=True, slots=True)
class _Body:
    """The colours of a body's parts."""

    body: str
    front: str
    hand: str
    legs: str
    feet: str
    tail: str = ""
    sleeve: str = ""
    brush: str = ""


def has_body(name: str) -> bool:
    """Whether a body is drawn for this icon; other icons show a full figure already."""
    table = library.table("figures")
    return name in table["beasts"] or name in table["people"]


def upright(name: str) -> str:
    """The icon of an animal's head to use when it needs hands; the same icon if there is none."""
    return str(library.table("figures")["upright"].get(name, name))


def can_stand(name: str) -> bool:
    """Whether a figure can have a drawn body, with arms and clothes."""
    return has_body(upright(name)) or head.is_drawn(name)


def figure(name: str, x: float, foot: float, tall: float, pose: Pose | None = None, shirt: str = "#3f7fc0") -> str:
    """A figure `tall` pixels high standing on (x, foot), with a drawn body if its icon is only a head."""
    pose = pose or Pose()
    acts = pose.holds or pose.wears or pose.face or pose.posture != STANDING
    if acts and can_stand(name):
        own, name = name, upright(name)
        draw = {STANDING: _standing, RIDING: _standing, SEATED: _seated, LYING: _lying}[pose.posture]
        drawn = shown(draw(name, tall, pose, _body_colours(name, shirt, pose)), own)
    elif has_body(name):
        drawn = _standing(name, tall, pose, _body_colours(name, shirt, pose))
    else:
        drawn = _whole(name, tall, pose)
    side = -1 if pose.flipped and has_sides(name) else 1
    return f'<g transform="translate({x:.1f} {foot:.1f}) scale({side} 1)">{drawn}</g>'


def ground_shadow(x: float, foot: float, wide: float, strength: float = 0.2) -> str:
    """The shadow of something on the ground."""
    return (
        f'<ellipse cx="{x:.1f}" cy="{foot:.1f}" rx="{wide * 0.5:.1f}" ry="{wide * 0.075:.1f}" fill="#0b1020" '
        f'opacity="{strength}"/>'
    )


def _head(name: str, y: float, size: float, pose: Pose, x: float = 0) -> str:
    """The head with its expression, hat and glasses, centred at a height of `y`."""
    places = head.drawn_head(name) if head.is_drawn(name) else head.head_of(name)
    over = expression(pose.face, places) + clothes.on_head(pose.wears, places)
    drawn = head.placed(name, x, -y, size, pose.tint)
    return drawn + (head.framed(over, x, -y, size) if over else "")


def _whole(name: str, tall: float, pose: Pose) -> str:
    """An icon of a full figure. Animals of the icon pack look to the left."""
    y = -tall * (pose.sole - 0.5)
    places = head.head_of(name)
    over = expression(pose.face, places) + clothes.on_animal(pose.wears, places)
    drawn = icons.placed(name, 0, y, tall, tint=pose.tint)
    drawn += head.framed(over, 0, y, tall) if over else ""
    if pose.face == "sleeping":
        crown = places.crown or (50.0, 24.0)
        drawn += zzz(tall * (crown[0] - 64) / 128 - tall * 0.16, y + tall * (crown[1] - 70) / 128, tall * 0.07)
    if pose.holds:
        neck = places.neck or (36.0, 84.0)
        neck = (neck[0] - 16, neck[1] - 34) if pose.holds in library.table("poses")["held"]["raised"] else neck
        drawn += icons.placed(
            pose.holds, tall * (neck[0] - 74) / 128, y + tall * (neck[1] - 48) / 128, tall * 0.4, tint=pose.holds_tint
        )
    return drawn


def _body_colours(name: str, shirt: str, pose: Pose) -> _Body:
    table, worn = library.table("figures"), pose.wears
    sleeve = clothes.sleeves(worn)
    if name in table["people"]:
        top, legs = table["people"][name]
        body = top or shirt
        hand = _SKIN if not top or top != legs else mix(body, "#000000", 0.25)
        found = _Body(body, body, hand, legs, _SHOE, sleeve=sleeve or body)
    else:
        look = library.table("heads")["drawn"].get(name)
        fur, belly = (look["fur"], look["pale"]) if look else table["beasts"][name]
        fur = pose.tint or fur
        dark = mix(fur, "#33231c", 0.3)
        tail = "" if name in _TAILLESS else belly if name == "fox" else fur
        hand = dark if name != "robot" else "#c62828"
        found = _Body(fur, belly, hand, fur, dark, tail, sleeve or fur)
        if name in _WHITE_BELLIED:
            found = _Body(fur, belly, "#3c3c3c", "#3c3c3c", "#3c3c3c", "", sleeve or "#3c3c3c")
    tones = [next((one.tone for one in clothes.of_kind(worn, kind)), "") for kind in ("trousers", "gloves", "shoes")]
    return _Body(
        found.body, found.front, tones[1] or found.hand, tones[0] or found.legs, tones[2] or found.feet, found.tail,
        found.sleeve, _TAILS.get(name, ""),
    )  # fmt: skip


def _torso(tall: float, top: float, bottom: float, wide: float) -> Torso:
    """A torso from `top` to `bottom` above the ground, in heights of the figure."""
    return Torso(tall * top, tall * bottom, wide * 0.4 * tall, wide * 0.5 * tall)


def _bare(torso: Torso, coat: _Body) -> str:
    if coat.front == coat.body:
        return path(torso.outline(), coat.body)
    y = -(torso.top + 2 * torso.bottom) / 3
    front = oval(0, y, torso.lower * 1.12, torso.high * 0.34, coat.front)
    return path(torso.outline(), coat.body) + front


def _dressed(torso: Torso, coat: _Body, pose: Pose) -> str:
    """The torso with clothes; gloves, shoes and trousers are drawn with the limbs and only marked here."""
    limbs = [one.name for one in clothes.of_kind(pose.wears, "trousers", "gloves", "shoes")]
    inner = "#f6f3ee" if coat.front == coat.body else coat.front
    drawn = _bare(torso, coat) + clothes.over_body(pose.wears, torso, inner)
    return shown(drawn, *limbs)


def _standing(name: str, tall: float, pose: Pose, coat: _Body) -> str:
    person = name in library.table("figures")["people"]
    torso = _torso(tall, 0.56, 0.17, 0.3 if person else 0.34)
    legs = _leg_astride(tall, coat) if pose.posture == RIDING else ""
    for side in (-1, 1) if not legs else ():
        x = side * tall * 0.085
        legs += rect(x - tall * 0.06, -tall * 0.24, tall * 0.12, tall * 0.22, coat.legs, tall * 0.04)
        legs += oval(x + side * tall * 0.015, -tall * 0.028, tall * 0.082, tall * 0.034, coat.feet)
    bare_robot = name == "robot" and not clothes.of_kind(pose.wears, *clothes.TORSO)
    body = _chassis(tall, coat) if bare_robot else _dressed(torso, coat, pose)
    back, front = _arms(tall, pose, coat, shoulder=0.47, lap=0.34)
    behind = clothes.behind_body(pose.wears, torso) + _tail(tall, coat, 0.2)
    drawn = behind + (back + body + legs if pose.posture == RIDING else legs + back + body)
    neck = clothes.at_neck(pose.wears, _torso(tall, 0.5, 0.17, 0.3))
    return drawn + _head(name, tall * 0.735, tall * 0.53, pose) + neck + front


def _leg_astride(tall: float, coat: _Body) -> str:
    """The leg on this side of a mount."""
    leg = trace("M", tall * 0.02, -tall * 0.22, "Q", -tall * 0.14, -tall * 0.2, -tall * 0.1, -tall * 0.02)
    return stroke(leg, coat.legs, tall * 0.11) + oval(-tall * 0.13, tall * 0.02, tall * 0.08, tall * 0.034, coat.feet)


def _chassis(tall: float, coat: _Body) -> str:
    body = rect(-tall * 0.17, -tall * 0.5, tall * 0.34, tall * 0.32, coat.body, tall * 0.05)
    plate = rect(-tall * 0.11, -tall * 0.42, tall * 0.22, tall * 0.17, coat.front, tall * 0.03)
    lamps = "".join(
        circle((i - 1) * tall * 0.06, -tall * 0.37, tall * 0.018, tone)
        for i, tone in enumerate(("#c62828", "#f2b134", "#4caf6d"))
    )
    bar = rect(-tall * 0.08, -tall * 0.32, tall * 0.16, tall * 0.025, mix(coat.body, "#22303a", 0.4), tall * 0.01)
    return body + plate + lamps + bar


def _seated(name: str, tall: float, pose: Pose, coat: _Body) -> str:
    """Sitting with the legs to the front."""
    torso = _torso(tall, 0.46, 0.0, 0.42)
    drawn = clothes.behind_body(pose.wears, torso) + _tail(tall, coat, 0.1) + _dressed(torso, coat, pose)
    back, front = _arms(tall, pose, coat, shoulder=0.37, lap=0.2)
    for side in (-1, 1):
        x = side * tall * 0.17
        leg = trace("M", side * tall * 0.12, -tall * 0.1, "Q", x * 1.3, -tall * 0.12, x * 1.15, -tall * 0.055)
        drawn += stroke(leg, coat.legs, tall * 0.11) + oval(
            x * 1.25, -tall * 0.05, tall * 0.075, tall * 0.06, coat.feet
        )
    neck = clothes.at_neck(pose.wears, _torso(tall, 0.41, 0.06, 0.34))
    return back + drawn + _head(name, tall * 0.66, tall * 0.58, pose) + neck + front


def _lying(name: str, tall: float, pose: Pose, coat: _Body) -> str:
    """Curled up on the ground, the head at the left."""
    tail = ""
    if coat.tail:
        sweep = trace(
            *("M", tall * 0.4, -tall * 0.14),
            *("C", tall * 0.6, -tall * 0.02, tall * 0.3, tall * 0.03, tall * 0.06, -tall * 0.05),
        )
        tail = stroke(sweep, mix(coat.body, "#33231c", 0.12), tall * 0.11)
        tail += circle(tall * 0.05, -tall * 0.055, tall * 0.06, coat.tail) if coat.tail != coat.body else ""
    back = trace(
        *("M", -tall * 0.34, -tall * 0.01),
        *("C", -tall * 0.36, -tall * 0.3, tall * 0.02, -tall * 0.42, tall * 0.24, -tall * 0.36),
        *("C", tall * 0.5, -tall * 0.28, tall * 0.52, -tall * 0.01, tall * 0.36, -tall * 0.01, "Z"),
    )
    worn = clothes.of_kind(pose.wears, "sweater", "shirt", "coat", "jacket", "vest", "dress")
    haunch = oval(tall * 0.27, -tall * 0.14, tall * 0.17, tall * 0.13, mix(coat.body, "#33231c", 0.08))
    body = shown(path(back, worn[-1].tone if worn else coat.body), *(one.name for one in worn)) + haunch
    paw = oval(-tall * 0.12, -tall * 0.035, tall * 0.1, tall * 0.038, coat.hand)
    face = _head(name, tall * 0.26, tall * 0.5, pose, -tall * 0.24)
    return body + tail + paw + face + zzz(-tall * 0.02, -tall * 0.56, tall * 0.08)


def _arms(tall: float, pose: Pose, coat: _Body, *, shoulder: float, lap: float) -> tuple[str, str]:
    """What is drawn behind and in front of the body: two arms with what they hold."""
    width = tall * 0.085

    def arm(side: int, hand: tuple[float, float], elbow: tuple[float, float]) -> str:
        hx, hy = side * hand[0] * tall, -hand[1] * tall
        d = trace("M", side * tall * 0.12, -tall * shoulder, "Q", side * elbow[0] * tall, -elbow[1] * tall, hx, hy)
        return stroke(d, mix(coat.sleeve, "#1a1420", 0.1), width) + circle(hx, hy, width * 0.56, coat.hand)

    hanging = (0.2, lap - 0.08), (0.23, lap + 0.06)
    if pose.holds:
        return _holding(tall, pose, arm, shoulder, lap)
    if pose.arms == WAVES:
        return arm(1, *hanging), arm(-1, (0.32, shoulder + 0.2), (0.28, shoulder - 0.04))
    if pose.arms == CHEERS:
        return "".join(arm(side, (0.33, shoulder + 0.18), (0.3, shoulder - 0.06)) for side in (-1, 1)), ""
    if pose.arms == HIPS:
        return "".join(arm(side, (0.15, lap - 0.04), (0.38, shoulder - 0.06)) for side in (-1, 1)), ""
    return "".join(arm(side, *hanging) for side in (-1, 1)), ""


def _holding(tall: float, pose: Pose, arm: _Arm, shoulder: float, lap: float) -> tuple[str, str]:
    table, name = library.table("poses")["held"], pose.holds
    small = thing(name).size <= 0.25
    other = arm(1, (0.2, lap - 0.08), (0.23, lap + 0.06))
    if name in table["raised"]:
        hand = (0.33, shoulder + 0.12)
        size = tall * (0.78 if name.startswith("umbrella") else 0.5)
        above = icons.placed(name, -tall * hand[0], -tall * hand[1] - size * 0.42, size, tint=pose.holds_tint)
        return other, above + arm(-1, hand, (0.28, shoulder - 0.08))
    if name in table["mouth"]:
        size = tall * 0.26
        held = icons.placed(name, -tall * 0.13, -tall * (shoulder + 0.07), size, tint=pose.holds_tint)
        return other, held + arm(-1, (0.15, shoulder - 0.01), (0.36, shoulder - 0.14))
    if name in table["hand"]:
        size = tall * (0.3 if small else 0.4)
        held = icons.placed(name, -tall * 0.35, -tall * (lap + 0.12), size, tint=pose.holds_tint)
        return other, held + arm(-1, (0.31, lap + 0.04), (0.28, lap - 0.02))
    size = 0.28 if small else 0.38
    held = icons.placed(name, 0, -tall * (lap + 0.02), tall * size, tint=pose.holds_tint)
    hand = (size * 0.42, lap - 0.02)
    return "", held + arm(-1, hand, (0.26, lap + 0.02)) + arm(1, hand, (0.26, lap + 0.02))


def _tail(tall: float, coat: _Body, y: float) -> str:
    if not coat.tail:
        return ""
    if coat.brush:
        drawn = _plume(coat.body) if coat.brush == "plume" else _paddle(coat.body)
        return f'<g transform="translate(0 {-tall * y:.1f}) scale({tall / 100:.4f})">{drawn}</g>'
    d = trace(
        *("M", tall * 0.1, -tall * y, "C", tall * 0.3, -tall * (y - 0.06), tall * 0.42, -tall * (y + 0.08)),
        *(tall * 0.36, -tall * (y + 0.26)),
    )
    brush = stroke(d, mix(coat.body, "#33231c", 0.08), tall * (0.12 if coat.tail != coat.body else 0.06))
    tip = circle(tall * 0.36, -tall * (y + 0.25), tall * 0.066, coat.tail) if coat.tail != coat.body else ""
    return brush + tip


def _plume(fur: str) -> str:
    """The tail of a squirrel, in hundredths of its height."""
    shape = "M6 8 C40 16 52 -30 36 -44 C30 -50 22 -44 26 -38 C32 -22 20 -6 6 2 Z"
    return path(shape, mix(fur, "#33231c", 0.14)) + stroke("M20 2 C38 -2 42 -24 33 -38", mix(fur, "#ffffff", 0.3), 3)


def _paddle(fur: str) -> str:
    """The flat tail of a beaver, in hundredths of its height."""
    dark = mix(fur, "#33231c", 0.5)
    lines = "M22 -2 L36 6 M28 -7 L42 2 M24 6 L34 -8 M31 9 L42 -6"
    return path("M6 4 C14 -10 40 -16 46 -4 C48 8 26 18 8 12 Z", dark) + stroke(lines, mix(dark, "#ffffff", 0.22), 1.2)
