"""The page of limits has the values of the settings, the models' cards and the code."""

import re

from fastapi import FastAPI

from easel.accounts.sessions import LINK_LIFE
from easel.api import jobs, watch
from easel.api.openai.images import LONGEST_KEY
from easel.catalog import Catalog
from easel.catalog.card import Images, Integer
from easel.catalog.plan import LONGEST_ADDRESS
from easel.config import Settings, describe_settings
from easel.docs import PAGES
from easel.files import collections
from easel.imaging.masks import MOST_BYTES
from easel.jobs.idempotency import LIFETIME
from easel.kit.clock import DAY, HOUR, MINUTE
from easel.ops.sweep import EVENTS_KEPT
from easel.webhooks.delivery import EACH_TEAM, SECONDS
from easel.webhooks.outbox import PAUSES
from easel.webhooks.target import MAX_URL
from easel.webhooks.team_secrets import OVERLAP

ROW = re.compile(r"^\| (?!limit |what |-)(.+?) \| ([\d,]+)([^|]*) \|(?: (?:`(\w+)`|–) \|)?$", re.MULTILINE)


def rows() -> list[tuple[str, int, str, str]]:
    """What is limited, the number, its unit, and the setting."""
    text = (PAGES / "limits.md").read_text()
    assert len(ROW.findall(text)) == len(re.findall(r"^\| (?!limit |what |-)", text, re.MULTILINE))
    return [(what, int(number.replace(",", "")), unit.strip(), name) for what, number, unit, name in ROW.findall(text)]


def test_the_limits_that_have_a_setting_are_its_default() -> None:
    defaults = {name: default for name, default, _ in describe_settings()}
    defaults["EASEL_RATE_LIMIT_PER_PERSON"] = str(2 * Settings.model_fields["rate_limit_per_minute"].default)
    for what, number, _, setting in rows():
        assert not setting or float(defaults[setting]) == number, what


def test_the_other_limits_are_those_of_the_code() -> None:
    shown = [(what, number, unit) for what, number, unit, setting in rows() if not setting]
    assert sorted(shown) == sorted(
        [
            ("wait for a job in one request (`?wait=`)", parameter("/jobs/{id}", "wait")["maximum"], "seconds"),
            ("jobs in one stream", parameter("/watch", "id")["maxItems"], ""),
            ("jobs per page of a list", parameter("/jobs", "limit")["maximum"], ""),
            ("collections of a member", collections.MOST, ""),
            ("prompt", one({card.prompt_max for card in Catalog.load()}), "characters"),
            ("images", of_cards("number_of_images"), ""),
            ("input images", of_cards("input_images"), ""),
            ("partial images", of_cards("partial_images"), ""),
            ("mask", MOST_BYTES // 10**6, "MB"),
            ("URL of an input image", LONGEST_ADDRESS, "characters"),
            ("`webhookUrl`", MAX_URL, "characters"),
            ("`Idempotency-Key`", LONGEST_KEY, "characters"),
            ("`Idempotency-Key`", LIFETIME // HOUR, "hours"),
            ("events and webhook deliveries", EVENTS_KEPT // DAY, "days"),
            ("a sign-in link", LINK_LIFE // MINUTE, "minutes"),
            ("the previous webhook secret", OVERLAP // HOUR, "hours"),
            ("time for the response of an endpoint", SECONDS, "seconds"),
            ("attempts per message", len(PAUSES) + 1, ""),
            ("messages of a team sent at once", EACH_TEAM, ""),
        ]
    )


def parameter(path: str, name: str) -> dict[str, int]:
    """The schema of a query parameter."""
    app = FastAPI()
    for router in (jobs.router, watch.router):
        app.include_router(router)
    found = next(calls["get"] for route, calls in app.openapi()["paths"].items() if route.endswith(path))
    return next(field["schema"] for field in found["parameters"] if field["name"] == name)


def of_cards(name: str) -> int:
    """The maximum of a parameter, which all models share."""
    parameters = [card.parameters[name] for card in Catalog.load()]
    return one({field.maximum for field in parameters if isinstance(field, Integer | Images)})


def one(values: set[int]) -> int:
    assert len(values) == 1, "the page says that all models have the same"
    return values.pop()
