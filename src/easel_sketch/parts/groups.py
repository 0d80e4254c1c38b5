"""A thing with what it rides, stands on or lies under, and several of a kind, as one drawing with a size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from easel_sketch import library
from easel_sketch.colour.mixing import mix
from easel_sketch.drawing import icons
from easel_sketch.drawing.commission import Commission
from easel_sketch.drawing.shown import shown
from easel_sketch.parts import clothes, face, figure
from easel_sketch.parts.figure import LYING, RIDING, SEATED, STANDING, Pose, can_stand, ground_shadow, has_body
from easel_sketch.parts.fishbowl import fishbowl
from easel_sketch.parts.head import Head, framed
from easel_sketch.parts.icon_extent import extent, heart
from easel_sketch.parts.named_things import has_sides
from easel_sketch.parts.scene_objects import Actor
from easel_sketch.scenery.vector.plants import broad_tree, crown_of, great_pine
from easel_sketch.scenery.vector.stage import Stage

_ARMS = (figure.DOWN, figure.WAVES, figure.HIPS, figure.CHEERS)
_SEATS = frozenset(
    {
        "chair",
        "armchair",
        "couch-and-lamp",
        "sofa",
        "bench",
        "seat",
        "bed",
        "cushion",
        "stool",
        "crescent-moon",
        "throne",
    }
)
# What a rider sits in or stands on rather than on the back of: the height of his feet, as a share of its height.
_INSIDE = {"kick-scooter": 0.12}
_BACK = (0.1, 0.6)
_SADDLES = {
    "bicycle": (0.12, 0.72), "motorcycle": (0.1, 0.6), "motor-scooter": (0.16, 0.56), "horse": (0.08, 0.56),
    "giraffe": (0.16, 0.5), "camel": (0.2, 0.72), "two-hump-camel": (0.16, 0.66), "elephant": (0.06, 0.86),
    "llama": (0.1, 0.56), "zebra": (0.1, 0.66), "deer": (0.14, 0.5), "turtle": (0.16, 0.74), "t-rex": (0.16, 0.66),
    "dragon": (0.1, 0.6), "sauropod": (0.16, 0.42), "unicorn": (0.1, 0.5), "whale": (0.1, 0.5), "dolphin": (0.0, 0.9),
}  # fmt: skip
# The least height of what is on, under or above something, as a share of that: on a building, and on other things.
_LEAST, _LEAST_ON = 0.34, 0.62
_SMALLEST, _PERSON = 0.15, 0.5
_FLOATING = 0.12  # the gap between a thing and what it is above, as a share of the height of both

Draw = Callable[[float, float, float], str]


@dataclass(frozen=True, slots=True)
class Group:
    """`draw(x, foot, scale)` draws it standing on (x, foot), for `scale` pixels to the height of a person.

    `wide` and `high` are in heights of a person. What is `airy` has no shadow, what is `crowded` draws its own.
    Only what is `sided` may be mirrored.
    """

    wide: float
    high: float
    draw: Draw
    airy: bool = False
    crowded: bool = False
    sided: bool = True

    def grown(self, share: float) -> "Group":
        def draw(x: float, foot: float, scale: float) -> str:
            return self.draw(x, foot, scale * share)

        return replace(self, wide=self.wide * share, high=self.high * share, draw=draw)

    def flipped(self) -> "Group":
        if not self.sided:
            return self

        def draw(x: float, foot: float, scale: float) -> str:
            return f'<g transform="translate({x:.1f} 0) scale(-1 1)">{face.mirrored(self.draw(0, foot, scale))}</g>'

        return replace(self, draw=draw)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a group is drawn for: the job, the light of its place, and how much larger small things are."""

    job: Commission
    stage: Stage
    even: float = 1.0

    def high(self, actor: Actor) -> float:
        """The height of a thing; small and large ones differ less than in life, unless the prompt says so."""
        plain = actor.thing.size**self.even
        return float(plain * actor.high / actor.thing.size)


def group_of(actor: Actor, place: int, setting: Setting) -> Group:
    """The thing, as often as asked for, with what it is joined to."""
    singles = [_single(actor, place + i, setting) for i in range(actor.count)]
    if actor.base and actor.relation == "on":
        singles = [replace(one, airy=False) for one in singles]
    whole = crowd(singles) if len(singles) > 1 else singles[0]
    if not actor.base or actor.relation == "seated":
        return whole
    base = group_of(actor.base, place + 1, setting)
    below = actor.base.thing
    large = actor.relation != "on" or below.place in ("building", "tree") or below.alive or below.name in _SEATS
    if actor.relation != "rides" and actor.size not in ("tiny", "small"):
        whole = whole.grown(max(1.0, (_LEAST if large else _LEAST_ON) * base.high / whole.high))
    return _JOINED.get(actor.relation, _on)(whole, base, actor, actor.base)


def seen(groups: Sequence[Group]) -> list[Group]:
    """Groups side by side: none is so small beside the highest that it cannot be seen."""
    highest = max(group.high for group in groups)
    return [group.grown(max(1.0, _SMALLEST * highest / group.high)) for group in groups]


def crowd(groups: Sequence[Group]) -> Group:
    """Several in a row, from five on in two or three rows, every second one looking the other way."""
    rows = 1 if len(groups) < 5 else 2 if len(groups) < 8 else 3
    per_row = -(-len(groups) // rows)
    wide = max(group.wide for group in groups)
    high = max(group.high for group in groups)
    airy = groups[0].airy
    step = wide * (1.06 if rows == 1 and not airy else 1.24)

    def draw(x: float, foot: float, scale: float) -> str:
        parts = []
        for row in range(rows - 1, -1, -1):
            members = groups[row * per_row : (row + 1) * per_row]
            size = 1 - 0.12 * row
            start = x - step * scale * size * (len(members) - 1) / 2
            for i, member in enumerate(members):
                vary = (1.0, 0.9, 0.96, 0.86)[(i + row) % 4]
                at = start + step * scale * size * i
                rise = 0.42 if not member.airy else 0.86
                low = foot - high * scale * rise * row + high * scale * 0.03 * ((i * 2 + row) % 3)
                one = member.flipped() if (i + row) % 3 == 1 else member
                tall = scale * size * vary
                shadow = "" if one.airy else ground_shadow(at, low, one.wide * tall)
                if one.airy:
                    low -= high * scale * (0.0, 0.22, 0.08, 0.3)[(i + row) % 4]
                    at += wide * scale * (0.0, 0.3, -0.1)[row % 3]
                parts.append(shadow + one.draw(at, low, tall))
        return "".join(parts)

    spread = step * (per_row - 1) + wide
    return Group(spread, high * (1 + (0.86 if airy else 0.42) * (rows - 1) + 0.3 * airy), draw, airy=airy, crowded=True)


def _single(actor: Actor, place: int, setting: Setting) -> Group:
    name, high = actor.thing.name, setting.high(actor)
    if name in ("deciduous-tree", "evergreen-tree"):
        return _tree(name, high, setting.stage)
    if actor.thing.alive:
        return _living(actor, place, setting, high)
    return _thing(actor, setting, high)


def _tree(name: str, high: float, stage: Stage) -> Group:
    def draw(x: float, foot: float, scale: float) -> str:
        if name == "evergreen-tree":
            needles = mix("#2f7d4f", stage.light.middle, 0.3 if stage.dark else 0.05)
            return shown(great_pine(stage, x, foot, high * scale, needles, snowy=stage.season == "winter"), name)
        return shown(broad_tree(stage, x, foot, high * scale, crown_of(stage)), name)

    return Group(high * 0.72, high, draw)


def _living(actor: Actor, place: int, setting: Setting, high: float) -> Group:
    name, job = actor.thing.name, setting.job
    sleeps = actor.face == "sleeping" and can_stand(name)
    sits = actor.relation == "seated" or (actor.relation == "on" and actor.base and actor.base.thing.name in _SEATS)
    rides = actor.relation == "rides"
    posture = (
        LYING
        if sleeps
        else RIDING
        if rides and _has_back(actor.base)
        else SEATED
        if sits and has_body(figure.upright(name))
        else STANDING
    )
    if posture == SEATED and not has_body(name) and not (actor.worn or actor.held or actor.face):
        posture = STANDING  # its icon shows the whole animal
    busy = actor.held is not None or posture != STANDING
    box = extent(job.canvas, name)
    pose = Pose(
        posture,
        arms=figure.DOWN if busy else figure.WAVES if rides else _ARMS[(place + job.index) % 4],
        holds=actor.held.thing.name if actor.held else "",
        holds_tint=actor.held.tint if actor.held else "",
        wears=actor.worn,
        face=actor.face,
        tint=actor.tint,
        sole=box.bottom,
    )
    shirt = job.palette.accent(place + job.index)
    drawn_body = has_body(name) or (
        can_stand(name) and bool(pose.holds or pose.wears or pose.face or posture != STANDING)
    )
    wide = high * (1.0 if posture == LYING else 0.62 if drawn_body else box.w / box.h)
    tall = high if drawn_body else high / box.h
    shift = 0.0 if drawn_body else (0.5 - box.x - box.w / 2) * tall

    def draw(x: float, foot: float, scale: float) -> str:
        drawn = figure.figure(name, x + shift * scale, foot, tall * scale, pose, shirt)
        return shown(drawn, actor.shows) if actor.shows != name else drawn

    return Group(wide, high * (0.62 if posture == LYING else 1.0), draw, airy=actor.thing.place == "sky")


def _has_back(mount: Actor | None) -> bool:
    return mount is not None and (mount.thing.alive or mount.thing.name in _SADDLES)


def _thing(actor: Actor, setting: Setting, high: float) -> Group:
    """An icon; a face or arms are drawn on it if the prompt gives it any."""
    name, box = actor.thing.name, extent(setting.job.canvas, actor.thing.name)
    broad = heart(setting.job.canvas, name)
    size = high / max(box.w * 0.8, box.h)  # long things are as long as others are high

    def draw(x: float, foot: float, scale: float) -> str:
        s = size * scale
        middle = x + (0.5 - box.x - box.w / 2) * s
        drawn = icons.placed(name, middle, foot - s * (box.bottom - 0.5), s, tint=actor.tint)
        drawn = shown(drawn, actor.shows) if actor.shows != name else drawn
        if actor.face or actor.worn:
            at, top = middle + s * (broad.centre[0] - 0.5), foot - s * box.bottom
            wide = s * min(broad.w, box.h) * 0.56
            drawn += _face_with(actor, at, top + s * broad.centre[1], wide, crown=top + s * box.y)
            drawn += face.zzz(x + s * box.w * 0.3, foot - s * box.h, s * 0.08) if actor.face == "sleeping" else ""
        if actor.held:
            held = actor.held.thing.name
            drawn += icons.placed(held, x - s * box.w * 0.5, foot - s * box.h * 0.42, s * 0.42, tint=actor.held.tint)
        return drawn

    return Group(size * box.w, size * box.h, draw, airy=actor.thing.place == "sky", sided=has_sides(name))


def _face_with(actor: Actor, x: float, y: float, wide: float, crown: float) -> str:
    """A face on a thing, with glasses and a hat if it wears any; its top is at `crown`."""
    unit = wide / 64  # a head's view box, on which the eyes are 37 apart
    places = Head((45.5, 82.5, 60.8, 5.4), (), (64.0, 64 + (crown - y) / unit + 8, 60.0), skin="")
    worn = clothes.on_head(actor.worn, places)
    drawn = face.own_face(actor.face, x, y, wide)
    return drawn + (framed(worn, x, y, unit * 128) if worn else "")


def _surface(actor: Actor) -> float:
    table = library.table("poses")["surfaces"]
    return float(table.get(actor.thing.name, 0.78 if actor.thing.alive else 1.0))


def _on(upper: Group, base: Group, actor: Actor, under: Actor) -> Group:
    """On top of something that is at least nearly as wide."""
    seat = under.thing.name in _SEATS
    person = actor.thing.size >= _PERSON  # birds on a bench need no room at their sides
    grown = max(1.0, upper.wide * (1.35 if seat and person else 0.86) / base.wide)
    level = base.high * grown * _surface(under)

    def draw(x: float, foot: float, scale: float) -> str:
        return base.draw(x, foot, scale * grown) + upper.draw(x, foot - level * scale, scale)

    return Group(max(upper.wide, base.wide * grown), max(level + upper.high, base.high * grown), draw, base.airy)


def _under(lower: Group, base: Group, actor: Actor, over: Actor) -> Group:
    """In front of the lower half of something that is at least twice as high."""
    tree = over.thing.place == "tree"
    grown = max(1.0, lower.high * (1.7 if tree else 2.1) / base.high, lower.wide * 1.5 / base.wide)
    aside = base.wide * grown * 0.3 if tree else 0.0

    def draw(x: float, foot: float, scale: float) -> str:
        drawn = ground_shadow(x - aside * scale, foot, lower.wide * scale) + lower.draw(
            x - aside * scale, foot + 0.02 * scale, scale
        )
        return base.draw(x, foot, scale * grown) + drawn

    return Group(max(lower.wide, base.wide * grown), base.high * grown * (0.82 if tree else 1.0), draw)


def _above(upper: Group, base: Group, actor: Actor, under: Actor) -> Group:
    gap = (upper.high + base.high) * _FLOATING

    def draw(x: float, foot: float, scale: float) -> str:
        return base.draw(x, foot, scale) + upper.draw(x, foot - (base.high + gap) * scale, scale)

    return Group(max(upper.wide, base.wide), base.high + gap + upper.high, draw, base.airy)


def _behind(back: Group, front: Group, actor: Actor, before: Actor) -> Group:
    """Something behind another, and so much higher that it can be seen."""
    lift = max(front.high * 0.35, front.high * 0.9 - back.high * 0.45)
    shift = 0.25 * front.wide

    def draw(x: float, foot: float, scale: float) -> str:
        return back.draw(x + shift * scale, foot - lift * scale, scale) + front.draw(x, foot, scale)

    return Group(max(back.wide + shift, front.wide), max(back.high + lift, front.high), draw)


def _rides(rider: Group, base: Group, actor: Actor, mount: Actor) -> Group:
    """On the back of an animal, whose body hides the legs, or in or on a vehicle."""
    name, inside = mount.thing.name, not mount.thing.alive
    grown = max(1.0, rider.high * (0.9 if inside else 1.2) / base.high)
    if mount.thing.size < 0.4:
        return _on(rider, base, actor, mount)
    if _has_back(mount):
        return _astride(rider, base, grown, _SADDLES.get(name, _BACK))
    share = _INSIDE.get(name, library.table("poses")["surfaces"].get(name, 0.5) if inside else 0.4)
    level = base.high * grown * share

    def draw(x: float, foot: float, scale: float) -> str:
        return rider.draw(x + 0.03 * base.wide * scale, foot - level * scale, scale) + base.draw(x, foot, scale * grown)

    return Group(max(rider.wide, base.wide * grown), max(level + rider.high, base.high * grown), draw, base.airy)


def _astride(rider: Group, base: Group, grown: float, back: tuple[float, float]) -> Group:
    """On a back or a saddle: its place from the middle in widths, and its height in heights of the mount."""
    level = base.high * grown * back[1] - rider.high * 0.2
    aside = base.wide * grown * back[0]

    def draw(x: float, foot: float, scale: float) -> str:
        return base.draw(x, foot, scale * grown) + rider.draw(x + aside * scale, foot - level * scale, scale)

    return Group(max(rider.wide, base.wide * grown), max(level + rider.high, base.high * grown), draw, base.airy)


def _in(fish: Group, base: Group, actor: Actor, bowl: Actor) -> Group:
    """A fish in a bowl of glass, twice as wide as the fish."""
    r = max(fish.wide, fish.high)

    def draw(x: float, foot: float, scale: float) -> str:
        back, front = fishbowl(x, foot, r * scale)
        within = fish.draw(x, foot - r * scale * 0.86 + fish.high * scale / 2, scale)
        return shown(back, bowl.shows) + within + front

    return Group(2 * r, 2 * r, draw)


_JOINED: dict[str, Callable[[Group, Group, Actor, Actor], Group]] = {
    "on": _on, "under": _under, "above": _above, "behind": _behind, "rides": _rides, "in": _in,
    "before": lambda front, back, actor, behind: _behind(back, front, behind, actor),
}  # fmt: skip
