"""Forms that are not what they seem, at the edit of OpenAI's dialect and at the upload.

Each is refused in a sentence that says why, before anything is charged, or it is used for what its bytes are.
"""

import asyncio
import base64
from typing import Any

import httpx
import pytest
from tests.rig import MakeRig, Rig
from tests.support.images import encoded, gradient
from tests.support.samples import one_in
from tests.support.waiting import until

from easel.domain import Pending
from easel.testing import InstantProvider

pytestmark = pytest.mark.anyio
EDIT, UPLOAD = "/v1/images/edits", "/v2/uploads"
PNG = encoded(gradient()).data
KIND = "multipart/form-data; boundary=b"
END = b"--b--\r\n"
NO_END = "ends before its last boundary"


def part(head: bytes, data: bytes = b"x") -> bytes:
    return b"--b\r\n" + head + b"\r\n\r\n" + data + b"\r\n"


def named(name: bytes, data: bytes = b"x") -> bytes:
    return part(b'Content-Disposition: form-data; name="' + name + b'"', data)


def image(filename: bytes = b'filename="a.png"', data: bytes = PNG, name: bytes = b"image") -> bytes:
    return part(b'Content-Disposition: form-data; name="' + name + b'"; ' + filename, data)


PROMPT = named(b"prompt") + named(b"quality", b"low")
# What each is told. An upload has its image in `file`.
FORMS: dict[str, tuple[str, bytes, str]] = {
    "no boundary": ("multipart/form-data", PROMPT + END, "Missing boundary"),
    "an empty boundary": ("multipart/form-data; boundary=", PROMPT + END, "Invalid multipart"),
    "another boundary": ("multipart/form-data; boundary=c", PROMPT + image() + END, NO_END),
    "a boundary of 20,000": ("multipart/form-data; boundary=" + "b" * 20_000, PROMPT + END, NO_END),
    "nonsense": (KIND, b"nonsense", NO_END),
    "nothing": (KIND, b"", NO_END),
    "10,000 fields": (KIND, named(b"a") * 10_000 + END, "Too many fields"),
    "10,000 files": (KIND, image(data=b"x") * 10_000 + END, "Too many files"),
    "a NUL in a name": (KIND, named(b"im\0age") + END, "NUL"),
    "a NUL in a text": (KIND, named(b"prompt", b"x\0y") + image() + END, "NUL"),
    "a header of 1 MB": (
        KIND,
        part(b'X: 1\r\nContent-Disposition: form-data; name="' + b"a" * 1_000_000 + b'"'),
        NO_END,
    ),
    "a header of 1 MB, whole": (KIND, named(b"a" * 1_000_000) + END, "Invalid multipart"),
    "10,000 headers": (KIND, part(b"X: 1\r\n" * 10_000 + b'Content-Disposition: form-data; name="a"') + END, "Invalid"),
    "a part without a name": (KIND, part(b"Content-Disposition: form-data") + END, '"name" must be provided'),
    "a part without headers": (KIND, b"--b\r\n\r\nx\r\n" + END, '"name" must be provided'),
    "half a header": (KIND, PROMPT + b"--b\r\nContent-Dispo", NO_END),
    "half a file": (KIND, PROMPT + image()[:-2_000], NO_END),
    "a file without the end": (KIND, PROMPT + image(), NO_END),
    "all but one of three files": (KIND, PROMPT + image() * 2 + image()[:-100], NO_END),
    "an unknown charset": (KIND + "; charset=klingon", PROMPT + image() + END, "UTF-8, not in 'klingon'"),
    "a charset that makes characters": (KIND + "; charset=unicode_escape", PROMPT + image() + END, "UTF-8"),
    "lines without CR": (KIND, (PROMPT + END).replace(b"\r\n", b"\n"), "Invalid multipart"),
    "5 MB of text": (KIND, named(b"prompt", b"x" * 5_000_000) + END, "exceeded maximum size"),
}


def sentence_of(answer: httpx.Response) -> str:
    error: Any = answer.json()["error"]
    return str(error["message"] if isinstance(error, dict) else error)


async def post(rig: Rig, path: str, kind: str, body: bytes) -> httpx.Response:
    if path == UPLOAD:
        body = body.replace(b'name="image"', b'name="file"')
    return await rig.client.post(path, content=body, headers={"Content-Type": kind})


@pytest.mark.parametrize("path", [EDIT, UPLOAD])
@pytest.mark.parametrize("name", one_in(3, FORMS))
async def test_a_damaged_form_is_refused_and_costs_nothing(rig: Rig, name: str, path: str) -> None:
    kind, body, says = FORMS[name]
    answer = await post(rig, path, kind, body)
    assert answer.status_code == 400, answer.text
    assert says in sentence_of(answer)
    if path == EDIT:
        assert answer.json()["error"]["type"] == "invalid_request_error"
    assert isinstance(rig.provider, InstantProvider)
    assert (rig.provider.starts, await rig.credits()) == (0, 1000)


@pytest.mark.parametrize(
    ("body", "param", "code"),
    [
        (PROMPT + image(data=b""), "image", "invalid_value"),
        (PROMPT + image(data=b"", name=b"image[]") + image(name=b"image[]"), "image[]", "invalid_value"),
        (PROMPT + named(b"prompt", b"y") + image(), "prompt", "duplicate_parameter"),
        (image(b'filename="p.txt"', b"a fox", b"prompt") + image(), "prompt", "invalid_type"),
        (PROMPT + named(b"image", b"https://example.com/a.png"), "image", "invalid_type"),
        (PROMPT + image(b"filename*=utf-8''a.png"), None, "invalid_request"),
        (PROMPT + named(b"_charset_", b"klingon") + image(), "_charset_", "unknown_parameter"),
        (PROMPT + image(data=base64.b64encode(PNG)), "image[0]", "invalid_request"),
    ],
    ids=["empty", "one empty", "two prompts", "prompt a file", "image a text", "encoded name", "charset", "base64"],
)
async def test_a_form_with_a_wrong_part_names_it(rig: Rig, body: bytes, param: str | None, code: str) -> None:
    answer = await post(rig, EDIT, KIND, body + END)
    error = answer.json()["error"]
    assert (answer.status_code, error["param"], error["code"]) == (400, param, code), error
    assert await rig.credits() == 1000


@pytest.mark.parametrize("path", [EDIT, UPLOAD])
@pytest.mark.parametrize(
    "filename",
    [
        b'filename="a\\"b\\"; name=\\"mask\\"; x=\\"\'.png"',
        b'filename="a"b"c".png"',
        b'filename="a.png"; filename="../../etc/passwd"',
        b'filename="a\0.png"',
        b'filename="\xff\xfe"',
        b'filename=""',
        b'filename="a.exe"\r\nContent-Type: text/html; charset=klingon',
    ],
)
async def test_the_name_of_a_file_means_nothing(rig: Rig, filename: bytes, path: str) -> None:
    answer = await post(rig, path, KIND, (PROMPT if path == EDIT else b"") + image(filename) + END)
    assert answer.status_code == (200 if path == EDIT else 201), answer.text


async def test_edits_that_wait_for_their_images_leave_room_for_others(make_rig: MakeRig) -> None:
    provider = InstantProvider(script=[Pending(f"u{number}", check_after=0.5) for number in range(3)])
    small = dict.fromkeys(("max_body_megabytes", "max_upload_megabytes", "body_memory_megabytes"), 1)
    async with make_rig(provider=provider, **small) as rig:

        async def edit(number: int) -> httpx.Response:
            fields = {"prompt": f"make it red {number}", "quality": "low"}
            heavy = PNG + bytes(900_000 - len(PNG))  # what follows an image is ignored
            return await rig.client.post(EDIT, data=fields, files={"image": heavy})

        waiting = []
        for number in range(3):
            waiting.append(asyncio.create_task(edit(number)))
            await until(lambda: provider.starts > number or waiting[-1].done())  # noqa: B023
        assert [(await task).status_code for task in waiting] == [200] * 3
