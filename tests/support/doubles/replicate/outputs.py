"""The files predictions deliver, on an origin of their own that asks for no token, as replicate.delivery is."""

import base64
import secrets
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from tests.support.doubles.base import ReceivedRequest
from tests.support.doubles.base.images import Sketch, in_image_thread, make_image
from tests.support.doubles.replicate.models import RATIO_PIXELS
from tests.support.doubles.replicate.outcomes import Delivers
from tests.support.doubles.replicate.prediction import Prediction
from tests.support.doubles.replicate.rules import Rules

from easel.domain import Size

HTML = b"<!DOCTYPE html><html><body><h1>Not a picture</h1></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024"><script>alert(1)</script></svg>'


@dataclass
class OutputFile:
    """One image of a prediction; its bytes are made when they are fetched."""

    prediction: Prediction
    index: int
    how: Delivers
    refusals: int

    @property
    def output_format(self) -> str:
        return self.how.output_format or str(self.prediction.input.get("output_format", "webp"))

    @property
    def media_type(self) -> str:
        return {"html": "text/html", "svg": "image/svg+xml"}.get(self.how.broken or "", f"image/{self.output_format}")

    async def read(self) -> bytes:
        if self.how.broken == "truncated":
            whole = await self._make()
            return whole[: len(whole) // 2]
        made_up = {"html": HTML, "svg": SVG, "empty": b""}
        return made_up[self.how.broken] if self.how.broken else await self._make()

    async def _make(self) -> bytes:
        asked = self.prediction.input
        clear = asked.get("background") == "transparent" and self.prediction.model.transparent
        size = size_of(str(asked.get("aspect_ratio", "1:1")))
        compression = int(asked.get("output_compression", 90))
        sketch = Sketch(size, self.output_format, clear, self.index, compression=compression)
        return await in_image_thread(make_image, sketch)


class Outputs:
    """Every file by its path, for as long as the rules keep it."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.url = ""
        self.requests: list[ReceivedRequest] = []
        self._files: dict[str, OutputFile] = {}

    async def deliver(self, prediction: Prediction, how: Delivers) -> str | list[str]:
        """The output of a prediction that succeeds, as Replicate writes it."""
        count = int(prediction.input.get("number_of_images", 1)) if how.count is None else how.count
        files = [OutputFile(prediction, index, how, how.refusals) for index in range(count)]
        if how.data_urls:
            output = [await _data_url(file) for file in files]
        else:
            output = [(how.wrong_host or self.url) + self._place(file) for file in files]
        return output[0] if how.bare and output else output

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._answer)])

    def _place(self, file: OutputFile) -> str:
        path = f"/xezq/{secrets.token_urlsafe(33)}/tmp{secrets.token_hex(4)}.{file.output_format}"
        self._files[path] = file
        return path

    async def _answer(self, request: Request) -> Response:
        self.requests.append(ReceivedRequest.of(request, None))
        file = self._files.get(request.url.path)
        if file is None or file.how.gone or file.prediction.removed(self._rules.output_ttl):
            return PlainTextResponse("Not Found", 404)
        if file.refusals:
            file.refusals -= 1
            return PlainTextResponse("Service Unavailable", 503)
        return Response(await file.read(), media_type=file.media_type)


def size_of(aspect_ratio: str) -> Size:
    width, height = RATIO_PIXELS.get(aspect_ratio, aspect_ratio).split("x")
    return Size(int(width), int(height))


async def _data_url(file: OutputFile) -> str:
    return f"data:{file.media_type};base64,{base64.b64encode(await file.read()).decode()}"
