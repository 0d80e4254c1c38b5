"""What files are called, in addresses and in the object store. Keys are made to be overwritten by a second run."""

EXTENSIONS = {
    "image/webp": "webp",
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/gif": "gif",
    "image/avif": "avif",
}


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


def output_key(name: str) -> str:
    return f"pictures/{_shelf(name)}/{name}"


def input_key(name: str) -> str:
    return f"inputs/{_shelf(name)}/{name}"


def upload_key(name: str) -> str:
    return f"uploads/{_shelf(name)}/{name}"


def _shelf(name: str) -> str:
    """Names begin with the time; their first six digits tick every 4.7 hours, so no folder grows without end."""
    return name[:6]


def news_path(provider: str, job_id: str) -> str:
    """Where an upstream may tell that a painting has changed."""
    return f"/hooks/{provider}/{job_id}"
