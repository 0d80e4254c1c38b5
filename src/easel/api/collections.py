"""Collections: images that a member put together under a name."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, status

from easel.accounts.valid import valid_name
from easel.api.body import body_of, read_model
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.favourites import ImageId
from easel.api.jobs import UUID, Id
from easel.api.present import base_url
from easel.api.refusals import refusals
from easel.api.schemas import Collection, CollectionList, CollectionOrder
from easel.files import collections
from easel.files.names import job_and_number, preview_address
from easel.kit.clock import iso

router = APIRouter(prefix="/v2/collections", tags=["Library"])

CollectionId = Annotated[Id, Path(description="Collection ID, a UUID.", json_schema_extra={"pattern": UUID})]


@router.get("", responses=refusals())
async def list_collections(request: Request, services: ServicesDep, caller: CurrentCaller) -> CollectionList:
    """Your collections, in the order of their names."""
    found = await services.db.read(collections.list_collections, caller)
    return CollectionList(collections=[_present(request, one) for one in found])


@router.post(
    "",
    summary="Create a collection",
    status_code=status.HTTP_201_CREATED,
    responses=refusals(400, 409, 413),
    openapi_extra=body_of(CollectionOrder),
)
async def create_collection(request: Request, services: ServicesDep, caller: CurrentCaller) -> Collection:
    """Create a collection."""
    name = await _name(request)
    made = await services.db.write(collections.create_collection, caller, name, now=services.clock.now())
    return _present(request, made)


@router.patch(
    "/{id}", summary="Rename a collection", responses=refusals(400, 404, 413), openapi_extra=body_of(CollectionOrder)
)
async def rename_collection(
    request: Request, services: ServicesDep, caller: CurrentCaller, id: CollectionId
) -> Collection:
    """Rename a collection."""
    name = await _name(request)
    return _present(request, await services.db.write(collections.rename_collection, caller, id.lower(), name))


@router.delete("/{id}", summary="Delete a collection", status_code=204, responses=refusals(400, 404))
async def delete_collection(services: ServicesDep, caller: CurrentCaller, id: CollectionId) -> None:
    """Delete a collection. Its images stay."""
    await services.db.write(collections.delete_collection, caller, id.lower())


@router.put(
    "/{id}/images/{image}", summary="Add an image to a collection", status_code=204, responses=refusals(400, 404)
)
async def add_to_collection(services: ServicesDep, caller: CurrentCaller, id: CollectionId, image: ImageId) -> None:
    """Add an image to a collection."""
    await services.db.write(collections.add_image, caller, id.lower(), *job_and_number(image))


@router.delete(
    "/{id}/images/{image}", summary="Remove an image from a collection", status_code=204, responses=refusals(400, 404)
)
async def remove_from_collection(
    services: ServicesDep, caller: CurrentCaller, id: CollectionId, image: ImageId
) -> None:
    """Remove an image from a collection. The image itself stays."""
    await services.db.write(collections.remove_image, caller, id.lower(), *job_and_number(image))


async def _name(request: Request) -> str:
    return valid_name((await read_model(request, CollectionOrder)).name)


def _present(request: Request, one: collections.Collection) -> Collection:
    file = one.preview
    preview = preview_address(base_url(request), file.token, file.name) if file else None
    return Collection(id=one.id, name=one.name, images=one.images, preview=preview, createdAt=iso(one.created_at) or "")
