"""The HTTP application over the services of one process."""

import contextlib
import functools
from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter, FastAPI

from easel import __version__
from easel.accounts.ratelimit import RateLimit
from easel.api import (
    account,
    collections,
    credits,
    errors,
    events,
    favourites,
    files,
    health,
    hooks,
    images,
    jobs,
    keys,
    metrics,
    models,
    people,
    providers,
    uploads,
    watch,
    webhooks,
)
from easel.api.body import MULTIPART_OVERHEAD
from easel.api.budget import BodyBudget
from easel.api.cors import Cors
from easel.api.head import Head
from easel.api.hosts import BelowPath, Hosts
from easel.api.middleware import Envelope
from easel.api.openai import images as openai_images
from easel.api.openai import models as openai_models
from easel.api.openapi import describe, route_of
from easel.api.shares import RequestShares
from easel.api.streams import StreamLimits
from easel.build import at_work
from easel.config import Settings, within_reach
from easel.docs import router as documentation
from easel.kit.memory import MEGABYTE
from easel.kit.origin import path_of
from easel.server.limits import connections_at_most
from easel.services import Services
from easel.storage.bucket import origin_for_browsers
from easel.studio import account as account_page
from easel.studio import compare, create, front, gallery, job, missing, picker, session, signin, team
from easel.studio import webhooks as webhooks_page
from easel.web import assets
from easel.web.page import ImagesFrom

PAGES = (
    front.router,
    signin.router,
    create.router,
    gallery.router,
    picker.router,
    job.router,
    compare.router,
    account_page.router,
    team.router,
    webhooks_page.router,
    session.router,
    missing.router,
    documentation.router,
)
ROUTERS = (
    images.router,
    openai_images.router,
    openai_models.router,
    jobs.router,
    watch.router,
    favourites.router,
    collections.router,
    models.router,
    account.router,
    credits.router,
    keys.router,
    people.router,
    providers.router,
    uploads.router,
    webhooks.router,
    events.router,
    files.router,
    hooks.router,
    health.router,
    metrics.router,
)


def build_app(settings: Settings, services: Services) -> FastAPI:
    """The HTTP application over these services."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with at_work(services, drain_seconds=settings.drain_seconds):
            yield

    # The router's own redirect would use the Host header of the request.
    app = FastAPI(title="Easel", version=__version__, lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.state.settings = settings
    app.state.body_budget = BodyBudget(settings, largest=largest_body(settings))
    app.state.rate_limit = RateLimit(settings, services.clock, services.runtime.counter())
    app.state.request_shares = RequestShares(connections_at_most(settings))
    app.state.stream_limits = StreamLimits(settings)
    _equip(app, settings, services, (*ROUTERS, *PAGES))
    app.state.port_is_shared = settings.workers > 1
    app.router.routes.append(assets.mount)
    root = path_of(settings.public_url)
    # Built on first request: it takes as long as the rest of the start.
    document = functools.cache(lambda: describe(app, services.catalog, settings, __version__, root))
    app.openapi = document  # type: ignore[method-assign] # FastAPI's documented way to replace it
    app.router.routes.append(route_of(document))
    return app


def largest_body(settings: Settings) -> int:
    """In bytes."""
    upload = settings.max_upload_megabytes * MEGABYTE + MULTIPART_OVERHEAD
    return max(settings.max_body_megabytes * MEGABYTE, upload)


def hosts_of(settings: Settings) -> Hosts:
    return Hosts(public_url=settings.public_url, bound=settings.host, allowed=settings.allowed_hosts)


def metrics_readers(settings: Settings) -> metrics.Readers:
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    return metrics.Readers(token, everybody=not within_reach(settings))


def build_side_app(settings: Settings, services: Services) -> FastAPI:
    """The application of a worker: it only reports its own health."""
    app = FastAPI(title="Easel worker", version=__version__, openapi_url=None)
    _equip(app, settings, services, (metrics.router, health.router))
    return app


def _equip(app: FastAPI, settings: Settings, services: Services, routers: Sequence[APIRouter]) -> None:
    """What every application has: its routes, errors in one shape, and the envelope around each answer."""
    app.state.services = services
    app.state.port_is_shared = False
    app.state.metrics_readers = metrics_readers(settings)
    app.state.routes = [route for router in routers for route in router.routes]
    app.router.routes += app.state.routes  # `include_router` would build each of them again
    errors.install(app)
    app.add_middleware(Head, routes=app.router.routes)  # the innermost
    if origin := origin_for_browsers(settings):
        app.add_middleware(ImagesFrom, origin=origin)
    app.add_middleware(
        Envelope,
        telemetry=services.telemetry,
        hosts=hosts_of(settings),
        clock=services.clock,
        settings=settings,
    )
    app.add_middleware(Cors, origins=settings.cors_origins)
    app.add_middleware(BelowPath, root=path_of(settings.public_url))
