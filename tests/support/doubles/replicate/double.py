"""The double: one Replicate with one account, its parts put together."""

import base64
import contextlib
import secrets
from collections.abc import Iterator, Sequence
from typing import Any, Self

from tests.support.doubles.base import Double, ReceivedRequest
from tests.support.doubles.replicate.api import ReplicateApi
from tests.support.doubles.replicate.models import Model, gpt_image_2, gpt_image_15
from tests.support.doubles.replicate.outcomes import Answer, Outcome, WebhookScript
from tests.support.doubles.replicate.outputs import Outputs
from tests.support.doubles.replicate.rules import Rules
from tests.support.doubles.replicate.runner import PredictionRunner
from tests.support.doubles.replicate.uploads import MAX_BYTES, Uploads
from tests.support.doubles.replicate.webhooks import Delivery, Messenger
from tests.support.loopback import serving

KEY = "r8_easel_double_for_loopback_only_0000000"


class ReplicateDouble(Double[Outcome]):
    """A whole Replicate with one account.

    `output_ttl` seconds after its end a prediction's data and files are gone (None: never). Lower `min_cancel_after`,
    `max_file_bytes` and `page_size` to reach those limits sooner. `https_only` refuses webhooks to plain http, as
    Replicate does.
    """

    name = "Replicate"

    def __init__(
        self,
        *,
        key: str = KEY,
        delay: float = 0.0,
        output_ttl: float | None = None,
        min_cancel_after: float = 5.0,
        page_size: int = 100,
        max_file_bytes: int = MAX_BYTES,
        https_only: bool = False,
        models: Sequence[Model] = (),
    ) -> None:
        super().__init__(key=key, delay=delay)
        self._rules = Rules(
            webhook_secret="whsec_" + base64.b64encode(secrets.token_bytes(24)).decode(),
            username="easel-double",
            models={model.slug: model for model in models or (gpt_image_2(), gpt_image_15())},
            min_cancel_after=min_cancel_after,
            page_size=page_size,
            https_only=https_only,
            output_ttl=output_ttl,
        )
        self._outputs = Outputs(self._rules)
        self._messenger = Messenger(self._rules.webhook_secret)
        uploads = Uploads(self, max_bytes=max_file_bytes)
        self._runner = PredictionRunner(self, outputs=self._outputs, uploads=uploads, messenger=self._messenger)
        self._api = ReplicateApi(self, rules=self._rules, runner=self._runner, uploads=uploads)

    @property
    def api(self) -> ReplicateApi:
        return self._api

    @contextlib.contextmanager
    def serving(self, *, port: int = 0) -> Iterator[Self]:
        """Listen on loopback for as long as the block lasts: the API on `port`, the output files beside it."""
        with serving(self._outputs.app()) as files_url, super().serving(port=port):
            self._outputs.url = files_url
            yield self

    @property
    def files_url(self) -> str:
        """The origin of the output files."""
        return self._outputs.url

    @property
    def webhook_secret(self) -> str:
        return self._rules.webhook_secret

    def script_reads(self, *outcomes: Answer) -> None:
        """What happens to the next reads of one prediction, one outcome for each, in order."""
        self._api.reads.add(*outcomes)

    @property
    def seen(self) -> list[ReceivedRequest]:
        """Every request that was to create a prediction, the oldest first, whatever was answered."""
        return [it for it in self.requests if it.method == "POST" and it.path.endswith("/predictions")]

    @property
    def file_requests(self) -> list[ReceivedRequest]:
        """Every request to the output files."""
        return self._outputs.requests

    @property
    def predictions(self) -> dict[str, dict[str, Any]]:
        """Every prediction as the API shows it now, by id."""
        return {id: prediction.shown(self.output_ttl) for id, prediction in list(self._runner.predictions.items())}

    @property
    def webhooks(self) -> list[Delivery]:
        """Every attempt to deliver a webhook, the oldest first."""
        return self._messenger.deliveries

    @property
    def output_ttl(self) -> float | None:
        return self._rules.output_ttl

    @output_ttl.setter
    def output_ttl(self, seconds: float | None) -> None:
        self._rules.output_ttl = seconds

    @property
    def webhook_script(self) -> WebhookScript:
        """How the webhooks of predictions created from now on behave."""
        return self._rules.webhook_script

    @webhook_script.setter
    def webhook_script(self, script: WebhookScript) -> None:
        self._rules.webhook_script = script
