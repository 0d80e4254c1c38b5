"""Pages of predictions, the newest first, with addresses of the neighbouring pages that hold an opaque cursor."""

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import QueryParams
from tests.support.doubles.replicate.prediction import Prediction


def page(
    predictions: Iterable[Prediction], query: QueryParams, *, address: str, size: int, ttl: float | None
) -> dict[str, Any]:
    """One page as the API shows it; raises ValueError for a cursor or a date that is none."""
    found = sorted(_selected(predictions, query), key=lambda prediction: -prediction.number)
    here = _turn(found, query.get("cursor"), size)
    filters = {name: query[name] for name in ("created_after", "created_before", "source") if name in query}
    newer = bool(here) and here[0] is not found[0]
    older = bool(here) and here[-1] is not found[-1]
    return {
        "previous": _link(address, filters, {"r": 1, "p": here[0].number}) if newer else None,
        "next": _link(address, filters, {"p": here[-1].number}) if older else None,
        "results": [prediction.shown(ttl) for prediction in here],
    }


def _selected(predictions: Iterable[Prediction], query: QueryParams) -> list[Prediction]:
    after, before = (_moment(query.get(name)) for name in ("created_after", "created_before"))
    if query.get("source") == "web":
        return []
    return [
        prediction
        for prediction in predictions
        if (after is None or prediction.created >= after) and (before is None or prediction.created < before)
    ]


def _turn(found: list[Prediction], cursor: str | None, size: int) -> list[Prediction]:
    if not cursor:
        return found[:size]
    parts = parse_qs(base64.b64decode(cursor, validate=True).decode())
    number = int(parts.get("p", [""])[0])
    if "r" in parts:
        return [prediction for prediction in found if prediction.number > number][-size:]
    return [prediction for prediction in found if prediction.number < number][:size]


def _link(address: str, filters: dict[str, str], cursor: dict[str, int]) -> str:
    opaque = base64.b64encode(urlencode(cursor).encode()).decode()
    return f"{address}?{urlencode({**filters, 'cursor': opaque})}"


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
