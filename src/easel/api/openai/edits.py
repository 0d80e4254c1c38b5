"""The two bodies of an edit: a form with files, and JSON with addresses."""

import base64
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from easel.api.body import open_form, read_json
from easel.api.openai.fields import KNOWN, MOST_IMAGES, Asked, read_fields
from easel.api.openai.settings import OpenAIApiSettings
from easel.api.present import file_url
from easel.domain import Caller
from easel.errors import InvalidRequest
from easel.files.names import EXTENSIONS, upload_name
from easel.files.rows import find_files
from easel.kit.inline import tidied
from easel.kit.memory import MEGABYTE
from easel.services import Services

# Some clients send one part for each image: image[0], image[1], …
IMAGE_PARTS = re.compile(r"images?(\[[0-9]{0,3}\])?")
TEXTS = (*KNOWN, "input_fidelity")
FORM = "multipart/form-data"
NUMBERS = ("n", "partial_images", "output_compression")


async def read_edit(request: Request, services: Services, caller: Caller, settings: OpenAIApiSettings) -> Asked:
    """The request of a form or of JSON; raises InvalidRequest, NotFound or what `read_bytes` raises."""
    if request.headers.get("content-type", "").lower().startswith(FORM):
        fields, images, mask = await _read_form(request)
    else:
        fields, mask = await read_json(request), None
        if not isinstance(fields, Mapping):
            raise InvalidRequest("The body must be a JSON object.", code="invalid_type")
        fields = {name: value for name, value in fields.items() if value is not None}
        if "image" in fields:
            sentence = "Unknown parameter: 'image'. In JSON, use 'images', a list of {image_url} or {file_id}."
            raise InvalidRequest(sentence, code="unknown_parameter", param="image")
        sent = enumerate(_listed(fields))
        images = [await _address(request, services, caller, one, f"images[{at}]") for at, one in sent]
        if "mask" in fields:
            mask = await _address(request, services, caller, fields["mask"], "mask")
        fields = {name: value for name, value in fields.items() if name != "mask"}
    if len(images) > MOST_IMAGES:
        sentence = f"Invalid 'image': at most {MOST_IMAGES} images can be edited together, not {len(images)}."
        raise InvalidRequest(sentence, code="array_above_max_length", param="image")
    return read_fields(fields, services.catalog, settings, images=images, mask=mask)


async def _read_form(request: Request) -> tuple[dict[str, Any], list[str], str | None]:
    """The fields that are text, and the files as data: URLs: the images, and the mask."""
    max_bytes = request.app.state.settings.max_body_megabytes * MEGABYTE
    fields: dict[str, Any] = {}
    images: list[str] = []
    mask = None
    async with open_form(request, max_bytes=max_bytes, max_files=MOST_IMAGES + 2, max_fields=50) as form:
        for name, value in form.multi_items():
            _check_part(name, value, (*fields, "mask") if mask else fields)
            if not isinstance(value, UploadFile):
                fields[name] = value
            elif IMAGE_PARTS.fullmatch(name):
                images.append(await _data_url(name, value))
            elif name == "mask":
                mask = await _data_url(name, value)
            else:
                fields[name] = value.filename or name
    return {name: _value(name, value) for name, value in fields.items() if value != ""}, images, mask


async def _data_url(name: str, file: UploadFile) -> str:
    if not (data := await file.read()):
        raise InvalidRequest(f"Invalid '{name}': the file is empty.", code="invalid_value", param=name)
    return "data:image/png;base64," + base64.b64encode(data).decode()


def _check_part(name: str, value: UploadFile | str, before: Collection[str]) -> None:
    """Raises InvalidRequest for a second value, a file where text belongs, and text where a file belongs."""
    if name in before:
        raise InvalidRequest(f"Duplicate parameter: '{name}'.", code="duplicate_parameter", param=name)
    an_image = IMAGE_PARTS.fullmatch(name) is not None
    wrong = name in TEXTS if isinstance(value, UploadFile) else an_image and value != ""
    if wrong:
        expected = "a file, but got text" if an_image else "text, but got a file"
        raise InvalidRequest(f"Invalid type for '{name}': expected {expected}.", code="invalid_type", param=name)


def _value(name: str, text: str) -> Any:
    """The value of a form's field, which is text."""
    if name in NUMBERS and re.fullmatch(r"-?[0-9]{1,9}", text):
        return int(text)
    return {"true": True, "false": False}.get(text, text) if name == "stream" else text


def _listed(fields: Mapping[str, Any]) -> Sequence[Any]:
    images = fields.get("images") or []
    if isinstance(images, str | Mapping):
        return [images]
    if not isinstance(images, list):
        raise InvalidRequest("Invalid type for 'images': expected an array.", code="invalid_type", param="images")
    return images[: MOST_IMAGES + 1]


async def _address(request: Request, services: Services, caller: Caller, image: Any, path: str) -> str:
    """The address of an image at this path of the body: its URL, or that of an upload."""
    match {name: value for name, value in image.items() if value is not None} if isinstance(image, Mapping) else image:
        case str(url):
            return tidied(url)
        case {"image_url": str(url), **rest} if not rest:
            return tidied(url)
        case {"file_id": str(file_id), **rest} if not rest:
            return await _address_of_upload(request, services, caller, file_id, path)
    sentence = f"{path} must be an object with either image_url or file_id."
    raise InvalidRequest(sentence, code="invalid_value", param=path)


async def _address_of_upload(request: Request, services: Services, caller: Caller, file_id: str, path: str) -> str:
    names = [file_id, *(upload_name(file_id, media_type) for media_type in EXTENSIONS)]
    if not (files := await services.db.read(find_files, caller.scope, names)):
        sentence = f"There is no file '{file_id[:60]}'. Upload it with POST /v2/uploads."
        raise InvalidRequest(sentence, code="invalid_value", param=f"{path}.file_id")
    return file_url(request, files[0])
