"""Names of files in URLs and in the object store. A second run of a job writes the same keys again."""

import re

EXTENSIONS = {
    "image/webp": "webp",
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/gif": "gif",
    "image/avif": "avif",
}


PREVIEWS, COPIES, PARTIALS = "previews/", "copies/", "partials/"
FORMATS = ("webp", "png", "jpeg")
IMAGE_ID = r"^([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})-([1-9][0-9]?)$"


def extension(media_type: str) -> str:
    return EXTENSIONS[media_type]


def output_name(job_id: str, position: int, media_type: str) -> str:
    """`<jobId>-1.webp`, counting from one."""
    return f"{job_id}-{position}.{extension(media_type)}"


def image_id(job_id: str, number: int) -> str:
    """An image as the API names it: `<jobId>-1`, which stays as it is when other images of the job are deleted."""
    return f"{job_id}-{number}"


def job_and_number(image: str) -> tuple[str, int]:
    """The parts of an image's id; raises ValueError for anything else."""
    match = re.fullmatch(IMAGE_ID, image.lower())
    if match is None:
        raise ValueError("must be a job ID and a number, such as 019c8a3e-5f0b-7c41-9d1e-2f6b8a7c5d10-1")
    return match[1], int(match[2])


def input_name(job_id: str, index: int, media_type: str) -> str:
    return f"{job_id}-in{index}.{extension(media_type)}"


def mask_name(job_id: str) -> str:
    return f"{job_id}-mask.png"


def upload_name(upload_id: str, media_type: str) -> str:
    return f"{upload_id}.{extension(media_type)}"


def file_address(base: str, token: str, name: str) -> str:
    """The public URL of a file: unguessable, and permanent for the same bytes."""
    return f"{base}/files/{token}/{name}"


def preview_address(base: str, token: str, name: str) -> str:
    """The URL of a preview."""
    return f"{base}/previews/{token}/{name}"


def output_key(name: str) -> str:
    return f"pictures/{_shelf(name)}/{name}"


def input_key(name: str) -> str:
    return f"inputs/{_shelf(name)}/{name}"


def upload_key(name: str) -> str:
    return f"uploads/{_shelf(name)}/{name}"


def preview_key(name: str) -> str:
    """The key of a preview, which is created on first request and deleted with its file."""
    return f"{PREVIEWS}{_shelf(name)}/{name}.webp"


def copy_key(name: str, format: str) -> str:
    """The key of a copy as webp, png or jpeg, which is created on first request and deleted with its file."""
    return f"{COPIES}{_shelf(name)}/{name}.{format}"


def copy_keys(name: str) -> tuple[str, ...]:
    """All possible keys of a file's copies: whoever deletes the file deletes these."""
    return preview_key(name), *(copy_key(name, format) for format in FORMATS if not name.endswith("." + format))


def partial_key(job_id: str, index: int) -> str:
    """The key of a partial image, counting from zero. It is deleted when its job ends, and never has a row."""
    return f"{PARTIALS}{_shelf(job_id)}/{job_id}-{index}"


def is_partial(key: str) -> bool:
    return key.startswith(PARTIALS)


def partial_path(job_id: str, index: int) -> str:
    """Where those who may see the job can fetch a partial image while it runs."""
    return f"/v2/jobs/{job_id}/partials/{index}"


def copied_name(key: str) -> str | None:
    """The name of the file that an object is a copy of; None for other objects."""
    return key.rpartition("/")[2].rpartition(".")[0] if key.startswith((PREVIEWS, COPIES)) else None


def _shelf(name: str) -> str:
    """Names begin with the time; the first six digits change every 4.7 hours, which limits the size of a folder."""
    return name[:6]


def callback_path(provider: str, job_id: str) -> str:
    """The URL for a provider's webhooks about a job."""
    return f"/hooks/{provider}/{job_id}"
