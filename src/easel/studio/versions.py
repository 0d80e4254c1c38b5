"""The versions of an edited image: the original, and each edit from one to the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import Request

from easel.api.jobs import get_job
from easel.api.present import base_url
from easel.api.schemas import Job
from easel.domain import Caller
from easel.errors import NotFound
from easel.kit.origin import at
from easel.services import Services
from easel.studio.frame import params_object
from easel.web.filters import at_home, local, preview_of

MOST = 8  # versions before the one that is shown
_NAME = re.compile(r"/([0-9a-f-]{36})-(\d+)\.\w+$")


@dataclass(frozen=True, slots=True)
class Version:
    """One image on the way: the path of its page, or of its file; its preview, or None once it has expired."""

    link: str
    preview: str | None
    prompt: str = ""
    title: str = ""


def numbered(job: Job) -> dict[int, tuple[str, str]]:
    """The images of a job and their previews, by their numbers."""
    return {image.number: (local(image.url), local(image.preview)) for image in job.images}


async def versions(request: Request, services: Services, caller: Caller, job: Job, number: int) -> Sequence[Version]:
    """The versions up to this image, the oldest first; none when it was made from no image."""
    found = [_version(job, number)]
    while job.inputs and len(found) <= MOST:
        source = await _source(request, services, caller, job)
        if source is None:
            if path := at_home(job.inputs[0], base_url(request)):
                found.append(Version(path, preview_of(path)))
            break
        job, number = source
        found.append(_version(job, number))
    if len(found) == 1:
        return []
    titles = ["Original" if not job.inputs or len(found) <= MOST else "Earlier version"]
    titles += [f"Edit {step}" for step in range(1, len(found))]
    return [replace(version, title=title) for version, title in zip(reversed(found), titles, strict=True)]


async def _source(request: Request, services: Services, caller: Caller, job: Job) -> tuple[Job, int] | None:
    """The job whose image was the first input, and that image's number; None for other images."""
    asked = params_object(job).get("input_images") or []
    first = asked if isinstance(asked, str) else asked[0]
    name = _NAME.search(first)
    if name is None or name[1] not in job.parents:
        return None
    try:
        return await get_job(request, services, caller, name[1]), int(name[2])
    except NotFound:  # deleted since
        return None


def _version(job: Job, number: int) -> Version:
    _, preview = numbered(job).get(number, ("", None))
    return Version(at(f"/studio/jobs/{job.id}?image={number}"), preview, job.prompt)
