"""POST /hooks/{provider}/{jobId}: webhooks of providers. The content is only a reason to check the job."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, status

from easel.api.body import read_bytes
from easel.api.caller import ServicesDep
from easel.api.jobs import UUID
from easel.errors import NotFound, Unauthorized

MAX_CALLBACK = 4_000_000

router = APIRouter(prefix="/hooks", tags=["Hooks"], include_in_schema=False)


@router.post("/{provider}/{id}", status_code=status.HTTP_204_NO_CONTENT)
async def receive_callback(
    request: Request, services: ServicesDep, provider: str, id: Annotated[str, Path(pattern=UUID)]
) -> None:
    """Wake the job's run if the message is signed by its provider. The state itself is read from the provider."""
    upstream = services.providers.get(provider)
    if upstream is None:
        raise NotFound("There is no such provider.")
    believed = await upstream.may_be_callback(request.headers) and await upstream.is_callback(
        request.headers, await read_bytes(request, max_bytes=MAX_CALLBACK, hook=True)
    )
    if not believed:
        raise Unauthorized("The message is not signed by this provider, or has expired.", code="invalid_signature")
    services.notifier.notify(id)
