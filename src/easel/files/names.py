"""What files are called, in addresses and in the object store. Keys are made to be overwritten by a second run."""

EXTENSIONS = {
    "image/webp": "webp",
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/gif": "gif",
    "image/avif": "avif",
}


PREVIEWS, COPIES = "previews/", "copies/"
FORMATS = ("webp", "png", "jpeg")


def extension(media_type: str) -> str:
    return EXTENSIONS[media_type]


def output_name(job_id: str, position: int, media_type: str) -> str:
    """`<jobId>-1.webp`, counting from one."""
    return f"{job_id}-{position}.{extension(media_type)}"


def input_name(job_id: str, index: int, media_type: str) -> str:
    return f"{job_id}-in{index}.{extension(media_type)}"


def upload_name(upload_id: str, media_type: str) -> str:
    return f"{upload_id}.{extension(media_type)}"


def file_address(base: str, token: str, name: str) -> str:
    """Where the world finds a file: unguessable, and for ever the same bytes."""
    return f"{base}/files/{token}/{name}"


def preview_address(base: str, token: str, name: str) -> str:
    """Where a small copy of a file is."""
    return f"{base}/previews/{token}/{name}"


def output_key(name: str) -> str:
    return f"pictures/{_shelf(name)}/{name}"


def input_key(name: str) -> str:
    return f"inputs/{_shelf(name)}/{name}"


def upload_key(name: str) -> str:
    return f"uploads/{_shelf(name)}/{name}"


def preview_key(name: str) -> str:
    """A small copy, made when it is first asked for; it goes with its file."""
    return f"{PREVIEWS}{_shelf(name)}/{name}.webp"


def copy_key(name: str, format: str) -> str:
    """A copy as webp, png or jpeg, made when it is first asked for; it goes with its file."""
    return f"{COPIES}{_shelf(name)}/{name}.{format}"


def copy_keys(name: str) -> tuple[str, ...]:
    """Every key at which a copy of a file may be: whoever deletes the file deletes these."""
    return preview_key(name), *(copy_key(name, format) for format in FORMATS if not name.endswith("." + format))


def copied_name(key: str) -> str | None:
    """The name of the file that an object is a copy of; None when it is something else."""
    return key.rpartition("/")[2].rpartition(".")[0] if key.startswith((PREVIEWS, COPIES)) else None


def _shelf(name: str) -> str:
    """Names begin with the time; their first six digits tick every 4.7 hours, so no folder grows without end."""
    return name[:6]


def callback_path(provider: str, job_id: str) -> str:
    """Where an upstream may tell that a painting has changed."""
    return f"/hooks/{provider}/{job_id}"
