"""The geometry of charts. Their style belongs to the template."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from easel.api.credit_schemas import UsageRow

WIDTH, HEIGHT = 720, 160
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, in the chart's own units."""

    x: float
    y: float
    width: float
    height: float
    day: date
    credits: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of `width` by `height` units; `top` is the value of its highest line."""

    width: int
    height: int
    top: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the whole, in percent of the largest."""

    name: str
    credits: int
    percent: int


def bars_by_day(rows: Sequence[UsageRow], *, last: int, days: int) -> Bars:
    """A bar for each of the last days; `last` counts from 1970."""
    spent: Counter[str] = Counter()
    for row in rows:
        spent[row.day] += row.credits
    top = _nice(max(spent.values(), default=0))
    step = WIDTH / days
    bars = []
    for index in range(days):
        day = EPOCH + timedelta(days=last - days + 1 + index)
        height = spent[day.isoformat()] / top * HEIGHT
        bars.append(Bar(index * step + step * 0.14, HEIGHT - height, step * 0.72, height, day, spent[day.isoformat()]))
    return Bars(WIDTH, HEIGHT, top, bars)


def shares(parts: Iterable[tuple[str, int]]) -> Sequence[Share]:
    """Largest first."""
    spent: Counter[str] = Counter()
    for name, credits in parts:
        spent[name] += credits
    most = max(spent.values(), default=0) or 1
    return [Share(name, credits, round(100 * credits / most)) for name, credits in spent.most_common(8)]


def _nice(most: int) -> int:
    """The next round number: 1, 2 or 5 followed by zeros."""
    size = 1
    while True:
        for first in (1, 2, 5):
            if first * size >= max(most, 1):
                return max(first * size, 10)
        size *= 10
