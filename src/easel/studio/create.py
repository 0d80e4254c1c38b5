"""Create: a form based on the model cards, its request as code, and the latest jobs, updated live."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from easel.api.body import read_json
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.jobs import get_job, list_jobs
from easel.api.present import base_url
from easel.catalog.card import Card, Images
from easel.catalog.plan import plan
from easel.domain import Caller, Needs
from easel.imaging.masks import MOST_BYTES
from easel.jobs.read import jobs_by_id
from easel.kit.memory import MEGABYTE
from easel.kit.origin import at
from easel.kit.problems import Problems
from easel.pipeline.request import invalid
from easel.pipeline.routing import choose_provider, providers_for
from easel.services import Services
from easel.studio.frame import HOME, Framed, Page, params_of, show
from easel.studio.shown import shown
from easel.web.filters import at_home
from easel.web.snippets import snippets

router = APIRouter(prefix="/studio", include_in_schema=False, route_class=Page)

LATEST = 12
PARTIALS = 2  # partial images that the form asks for at first, where they come and cost nothing
SNIPPETS = 256 * 1024  # maximum bytes of a request shown as code: the longest prompt and image addresses


@router.get("")
@router.get("/")
async def home() -> Response:
    return RedirectResponse(at(HOME), status_code=303)


@router.get("/create")
async def create(
    request: Request,
    services: ServicesDep,
    caller: CurrentCaller,
    frame: Framed,
    model: Annotated[str, Query(max_length=80)] = "",
    prompt: Annotated[str, Query(max_length=32_000)] = "",
    image: Annotated[list[str] | None, Query(max_length=16)] = None,
    again: Annotated[str | None, Query(max_length=40, description="A job whose settings are reused.")] = None,
) -> Response:
    """`?model=` and `?prompt=` fill in the form; `?again=` fills in the whole request of a job.

    Without them the page's script fills in the draft of this tab, or the settings that were used last.
    """
    values: Mapping[str, Any] = dict(request.query_params)
    images, mask = [at_home(one, base_url(request)) or one for one in image or []], None
    if again:
        job = await get_job(request, services, caller, again)
        model, prompt = job.model, job.prompt
        values = params_of(job)
        images = [at_home(one, base_url(request)) or one for one in job.inputs if one]
        mask = job.mask and (at_home(job.mask, base_url(request)) or job.mask)
    cards = [card for card in services.catalog if caller.limits.allows(card.id)] or list(services.catalog)
    page = await list_jobs(request, services, caller, limit=LATEST)
    latest = await services.db.read(jobs_by_id, caller.scope, [job.id for job in page.jobs])
    return show(
        "create.html",
        frame=frame,
        cards=cards,
        chosen=model if model in [card.id for card in cards] else cards[0].id,
        prompt=prompt,
        images=images,
        mask=mask,
        # a job is repeated as it was: its parameters without a value have the API's defaults
        values={
            card.id: {**(_defaults(card) if again else _initial(services, caller, card)), **values} for card in cards
        },
        fixed={card.id: _fixed(services, caller, card, values) for card in cards},
        # the script computes the price from them
        facts={card.id: _facts(services, caller, card) for card in cards},
        link={"again": bool(again), "model": model, "values": values} if request.query_params else None,
        megabytes=min(services.settings.max_upload_megabytes, services.imaging.limits.bytes // MEGABYTE),  # of one file
        mask_megabytes=MOST_BYTES // MEGABYTE,
        jobs=page.jobs,
        shown={job.id: shown(job.brief, job.warnings) for job in latest},
    )


@router.post("/snippets")
async def code(request: Request, services: ServicesDep, _: CurrentCaller) -> Response:
    """A valid request as code in every language, with this server's address. Its prompt may still be empty."""
    body, problems = await read_json(request, max_bytes=SNIPPETS), Problems()
    unwritten = isinstance(body, Mapping) and body.get("prompt") == ""
    plan({**body, "prompt": "…"} if unwritten else body, services.catalog, problems)
    if problems:
        raise invalid(problems)
    return JSONResponse(snippets(body, services.catalog[body["model"]], host=base_url(request)))


def _defaults(card: Card) -> dict[str, Any]:
    return {name: parameter.default for name, parameter in card.parameters.items()}


def _initial(services: Services, caller: Caller, card: Card) -> dict[str, Any]:
    """What the form shows at first: the card's defaults, but medium quality while the default is the dearest."""
    initial = _defaults(card)
    if "medium" in card.credits and card.credits[initial["quality"]] == max(card.credits.values()):
        initial["quality"] = "medium"
    if not card.credits_per_partial and _sends_partials(services, caller, card):
        initial["partial_images"] = PARTIALS
    return initial


def _sends_partials(services: Services, caller: Caller, card: Card) -> bool:
    """Whether a provider that may serve the caller sends partial images; the one of test keys does not."""
    sends = Needs(frozenset({"partial-images"}), 1)
    return not caller.test and bool(providers_for(services, card.id, sends))


def _fixed(services: Services, caller: Caller, card: Card, values: Mapping[str, Any]) -> set[str]:
    """The parameters that a rule, or this server, leaves only one value. The form does not show them."""
    params = {name: values.get(name, parameter.default) for name, parameter in card.parameters.items()}
    fixed = {rule.parameter for rule in card.rules_for(params) if len(rule.values) == 1}
    return fixed if _sends_partials(services, caller, card) else fixed | {"partial_images"}


def _masked(services: Services, caller: Caller, card: Card) -> bool:
    """Whether the model has masks here."""
    needs = Needs(frozenset({"edit", "mask"}), 1)
    able = choose_provider(services, card.id, needs, test=caller.test) is not None
    return "mask" in card.parameters and able


def _facts(services: Services, caller: Caller, card: Card) -> dict[str, Any]:
    return {
        "label": card.label,
        "field": card.params_object,
        "credits": dict(card.credits),
        "partialCredits": card.credits_per_partial,
        "promptMax": card.prompt_max,
        "defaults": _defaults(card),
        "initial": _initial(services, caller, card),
        "sizes": {name: [size.width, size.height] for name, size in card.sizes.items()},
        "images": max((one.maximum for one in card.parameters.values() if isinstance(one, Images)), default=0),
        "rules": [rule.model_dump(include={"when", "parameter", "values"}) for rule in card.rules],
        "mask": _masked(services, caller, card),
    }
