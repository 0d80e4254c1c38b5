"""The double: OpenAI's image endpoints with one account, the parts put together."""

from tests.support.doubles.base import Double, ReceivedRequest
from tests.support.doubles.openai.api import OpenAIApi
from tests.support.doubles.openai.outcomes import Outcome
from tests.support.doubles.openai.outputs import Outputs

KEY = "sk-easel-double-for-loopback-only"


class OpenAIDouble(Double[Outcome]):
    """Stands in for api.openai.com's image endpoints, on loopback.

        with OpenAIDouble().serving() as double:
            client = OpenAI(base_url=double.url, api_key=double.key)

    `image_bytes` is about how heavy each image is. `compatible` is one of the lenient servers that speak the same
    language: any model, any size, no key, no usage, and links instead of base64 unless asked.
    """

    name = "OpenAI"
    path = "/v1"

    def __init__(
        self, *, key: str = KEY, delay: float = 0.0, compatible: bool = False, image_bytes: int | None = None
    ) -> None:
        super().__init__(key=key, delay=delay)
        self._api = OpenAIApi(self, outputs=Outputs(weight=image_bytes, bare=compatible), compatible=compatible)

    @property
    def api(self) -> OpenAIApi:
        return self._api

    @property
    def seen(self) -> list[ReceivedRequest]:
        """Every request that was to generate or edit, the oldest first, whatever was answered."""
        return [it for it in self.requests if it.path.startswith("/v1/images/")]
