"""The images an edit starts from: how many, how heavy, of what kind, and whether the mask fits."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from tests.support.doubles.base import Upload
from tests.support.doubles.openai.bodies import Body
from tests.support.doubles.openai.images import MEDIA_TYPES
from tests.support.doubles.openai.refusals import (
    Refusal,
    duplicate,
    missing,
    too_long,
    unknown_parameter,
    user_error,
    wrong_type,
)

from easel.domain import Size
from easel.errors import NotAnImage
from easel.imaging import ImagingSettings
from easel.imaging.bounds import Limits
from easel.imaging.open import read_through

LIMITS = Limits(
    pixels=ImagingSettings().max_picture_megapixels * 1_000_000,
    bytes=ImagingSettings().max_input_megabytes * 1_000_000,
)
MOST_INPUTS = 16
MOST_BYTES = 50_000_000
MOST_MASK_BYTES = 4_000_000
MOST_URL = 20_971_520
OPAQUE_PNG = (0, 2, 3)
COLOUR_TYPE_AT = 25


def form_images(body: Body) -> tuple[list[bytes], bytes | None]:
    """The images and the mask of a form; raises Refusal."""
    images = [file for file in body.files if file.name in ("image", "image[]")]
    masks = [file for file in body.files if file.name == "mask"]
    if body.fields.keys() & {"image", "image[]"}:
        raise wrong_type("image", "one of an array of files or file", "a string")
    if not images:
        raise missing("image")
    for name, found in (("image", [file for file in images if file.name == "image"]), ("mask", masks)):
        if len(found) > 1:
            raise duplicate(name)
    for index, file in enumerate(images):
        _check_label(file, f"image[{index}]" if file.name == "image[]" else "image")
    return [file.data for file in images], masks[0].data if masks else None


def _check_label(file: Upload, name: str) -> None:
    label = (file.content_type or "application/octet-stream").partition(";")[0]
    if label not in MEDIA_TYPES.values():
        raise Refusal(
            f"Invalid file '{name}': unsupported mimetype ('{label}'). "
            "Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.",
            code="unsupported_file_mimetype",
            param=name,
        )


def json_images(values: dict[str, Any]) -> tuple[list[bytes | None], bytes | None]:
    """The images and the mask of a JSON body, None for those that lie elsewhere; raises Refusal."""
    if "image" in values:
        raise unknown_parameter("image", " For application/json on /v1/images/edits, use 'images' (array).")
    images = values.get("images")
    if images is None:
        raise missing("images")
    if not isinstance(images, list):
        raise wrong_type("images", "an array of objects", "something else")
    mask = values.get("mask")
    return (
        [_referenced(image, f"images[{index}]") for index, image in enumerate(images)],
        None if mask is None else _referenced(mask, "mask"),
    )


def _referenced(reference: Any, name: str) -> bytes | None:
    """The bytes of a data URL; nothing is fetched from other URLs."""
    if not isinstance(reference, dict) or len(reference.keys() & {"image_url", "file_id"}) != 1:
        raise user_error(f"Invalid '{name}': exactly one of 'image_url' and 'file_id' is required.", param=name)
    url = str(reference.get("image_url", ""))
    if len(url) > MOST_URL:
        raise too_long(f"{name}.image_url", "string", MOST_URL, len(url))
    if not url.startswith("data:"):
        return None
    try:
        return base64.b64decode(url.partition(";base64,")[2], validate=True)
    except binascii.Error as error:
        raise user_error(f"Invalid '{name}.image_url': not a valid data URL.", param=name) from error


async def check_images(images: Sequence[bytes | None], mask: bytes | None) -> None:
    """Raises Refusal for images or a mask that the service would not take."""
    if not images:
        raise missing("image")
    if len(images) > MOST_INPUTS:
        raise too_long("image", "array", MOST_INPUTS, len(images))
    sizes = [await run_in_threadpool(_legible, image, index) for index, image in enumerate(images) if image is not None]
    if mask is not None:
        await run_in_threadpool(_check_mask, mask, sizes[0] if images[0] is not None else None)


def _legible(image: bytes, index: int) -> Size:
    if len(image) >= MOST_BYTES:
        raise user_error(f"Image {index} is too large: each image must be less than 50MB.", code="image_too_large")
    try:
        legible = read_through(image, LIMITS)
    except NotAnImage as error:
        raise _unreadable(index) from error
    if legible.media_type not in MEDIA_TYPES.values():
        raise _unreadable(index)
    return legible.size


def _unreadable(index: int) -> Refusal:
    message = f"Invalid image file or mode for image {index}, please check your image file."
    return user_error(message, code="invalid_image_file")


def _check_mask(mask: bytes, size: Size | None) -> None:
    if len(mask) > MOST_MASK_BYTES:
        raise _wrong_mask("mask must be less than 4MB")
    try:
        legible = read_through(mask, LIMITS)
    except NotAnImage as error:
        raise _wrong_mask("mask is not a PNG") from error
    if legible.media_type != "image/png":
        raise _wrong_mask("mask is not a PNG")
    if mask[COLOUR_TYPE_AT] in OPAQUE_PNG and b"tRNS" not in mask:
        raise _wrong_mask("mask has no alpha channel")
    if size and legible.size != size:
        raise _wrong_mask("mask size does not match image size")


def _wrong_mask(fault: str) -> Refusal:
    return user_error(f"Invalid mask image format - {fault}", code="invalid_mask_image_format")
