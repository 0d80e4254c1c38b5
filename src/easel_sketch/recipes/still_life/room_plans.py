"""Where furniture stands and hangs in rooms of a kind, and the drawings that each piece shows."""

from dataclasses import dataclass

from easel_sketch.drawing.commission import Commission


@dataclass(frozen=True, slots=True)
class Room:
    """The pieces on the wall and on the floor with their places, in units of the scale from the middle of the room.

    `hung` pieces have the height of their lower edge as well. `window` is where the window's middle is, if any.
    A room that is `tiled` has tiles on its wall; `lights` hang from the ceiling.
    """

    hung: tuple[tuple[str, float, float], ...] = ()
    stands: tuple[tuple[str, float], ...] = ()
    window: float | None = None
    tiled: bool = False
    lights: tuple[float, ...] = ()


PLANS: dict[str, tuple[Room, ...]] = {
    "kitchen": (
        Room(
            (("wall cupboards", -0.86, 0.92), ("wall cupboards", -2.1, 0.92)),
            (("kitchen", -0.75), ("stove", 0.66), ("fridge", 1.27), ("kitchen", 2.64)),
            0.34,
            tiled=True,
        ),
        Room(
            (("wall cupboards", -1.0, 0.92), ("wall cupboards", -2.24, 0.92)),
            (("kitchen", -1.45), ("kitchen", 1.45), ("stove", 0.0)),
            0.9,
            tiled=True,
        ),
        Room(
            (("wall cupboards", 1.98, 0.92),),
            (("fridge", -1.06), ("kitchen", 1.0), ("stove", -0.42), ("plant", -1.7)),
            0.6,
            tiled=True,
        ),
    ),
    "bathroom": (
        Room(
            (),
            (("washstand", -1.02), ("bathtub", 0.32), ("toilet", 1.4), ("cabinet", 2.0), ("plant", -1.62)),
            0.4,
            tiled=True,
        ),
        Room((), (("bathtub", -0.55), ("washstand", 0.84), ("toilet", 1.5), ("plant", -1.66)), -0.5, tiled=True),
    ),
    "bedroom": (
        Room((), (("bed", 0.0), ("bedside", -0.94), ("bedside", 0.94), ("wardrobe", 1.58), ("plant", -1.46)), 0.0),
        Room((), (("bed", -0.5), ("bedside", 0.46), ("wardrobe", 1.16), ("plant", -1.56)), -0.5),
    ),
    "library": (
        Room(
            (),
            (("bookwall", -1.36), ("bookwall", 0.0), ("bookwall", 1.36), ("bookwall", -2.72), ("bookwall", 2.72)),
            None,
            lights=(-0.68, 0.68),
        ),
    ),
    "classroom": (
        Room(
            (("blackboard", 0.0, 0.5),),
            (("school desk", -0.95), ("school desk", 0.0), ("school desk", 0.95), ("bookshelf", 1.66), ("plant", -1.7)),
            -1.34,
        ),
    ),
    "office": (
        Room((), (("office desk", 0.05), ("cabinet", 1.22), ("plant", -1.24), ("bookshelf", 1.78)), 0.1),
        Room((), (("office desk", -0.36), ("plant", 0.8), ("bookshelf", 1.52), ("cabinet", -1.52)), -0.3),
    ),
    "bar": (
        Room(
            (("bottle shelves", 0.0, 0.66),),
            (
                ("bar counter", 0.0),
                ("stool", -0.8),
                ("stool", -0.28),
                ("stool", 0.28),
                ("stool", 0.8),
                ("plant", -1.6),
                ("plant", 1.6),
            ),
            None,
            lights=(-0.8, 0.0, 0.8),
        ),
    ),
    "cafe": (
        Room(
            (),
            (("cafe counter", -0.66), ("cafe table", 0.94), ("plant", -1.72), ("cafe table", 2.2)),
            0.86,
            lights=(-1.0, -0.3),
        ),
        Room(
            (),
            (("cafe counter", 0.66), ("cafe table", -0.94), ("plant", 1.72), ("cafe table", -2.2)),
            -0.86,
            lights=(0.3, 1.0),
        ),
    ),
    "museum": (
        Room(
            (("gallery", 0.0, 0.5),),
            (("bench", 0.0), ("plinth", -0.74), ("plinth", 0.74), ("plant", -1.66), ("plant", 1.66)),
        ),
    ),
    "laboratory": (
        Room(
            (("lab shelf", -0.52, 0.98), ("lab shelf", 1.2, 0.98)),
            (("lab bench", -0.1), ("stool", -1.4), ("cabinet", 1.34)),
            None,
            tiled=True,
        ),
        Room(
            (("lab shelf", 0.52, 0.98), ("lab shelf", -1.2, 0.98)),
            (("lab bench", 0.1), ("stool", 1.4), ("cabinet", -1.34)),
            None,
            tiled=True,
        ),
    ),
    "workshop": (
        Room(
            (("tool wall", -0.34, 0.84),), (("workbench", -0.3), ("stool", 0.9), ("table", 1.42)), 1.04, lights=(-0.3,)
        ),
    ),
    "gym": (
        Room(
            (("mirror wall", 0.0, 0.46),), (("treadmill", -0.86), ("dumbbells", 0.5), ("bench", 1.7), ("plant", -1.76))
        ),
    ),
}

# The drawings that a piece of furniture shows.
SHOWN: dict[str, tuple[str, ...]] = {
    "bathtub": ("bathtub",), "toilet": ("toilet",), "bed": ("bed",), "stove": ("oven", "pot-of-food"),
    "fridge": ("refrigerator",), "blackboard": ("chalkboard",), "school desk": ("desk",), "bookshelf": ("bookshelf",),
    "office desk": ("desk", "desktop-computer"), "bookwall": ("bookshelf", "books"),
    "plant": ("potted-plant", "seedling"),
    "wardrobe": ("cupboard",), "wall cupboards": ("cupboard",), "lab bench": ("microscope", "test-tube", "alembic"),
    "gallery": ("framed-picture",), "mirror wall": ("mirror",), "table": ("table",), "cafe table": ("table",),
    "stool": ("stool",), "bench": ("bench",), "tool wall": ("hammer", "wrench", "carpentry-saw"),
    "bedside": ("lamp",), "fireplace": ("fireplace",), "bottle shelves": ("bottle",),
}  # fmt: skip


def plan_of(place: str, job: Commission) -> Room:
    """The plan of a place for a job: of those with most of what is asked for, in turn, beginning by the prompt."""
    asked = {one.drawing for one in job.brief.subjects if one.drawing}
    has = [(sum(not asked.isdisjoint(SHOWN.get(name, ())) for name, *_ in plan.stands), plan) for plan in PLANS[place]]
    most = max(count for count, _ in has)
    plans = [plan for count, plan in has if count == most]
    return plans[(job.index + len(" ".join(job.brief.asked))) % len(plans)]
