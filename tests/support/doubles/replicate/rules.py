"""What one account may, and how webhooks to it behave."""

from dataclasses import dataclass, field

from tests.support.doubles.replicate.models import Model
from tests.support.doubles.replicate.outcomes import WebhookScript


@dataclass
class Rules:
    """`output_ttl` seconds after its end a prediction's data and files are gone (None: never)."""

    webhook_secret: str
    username: str
    models: dict[str, Model]
    output_ttl: float | None = None
    min_cancel_after: float = 5.0
    page_size: int = 100
    https_only: bool = False
    webhook_script: WebhookScript = field(default_factory=WebhookScript)
