"""Two signatures on every message: the vendor's, with the API key, and Standard Webhooks', with the team's secret.

The vendor's rule: HMAC-SHA256 of the raw body, as hex; the key is the 32 raw bytes of SHA-256 of the API key, which is
all that is stored of it. The other: https://www.standardwebhooks.com
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"


def new_webhook_secret() -> str:
    """`whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed_headers(
    *, message_id: str, event: str, body: bytes, key_digest: bytes, team_secrets: Sequence[str], seconds: int
) -> dict[str, str]:
    """The headers of one attempt at `seconds` since 1970. Each current secret signs, which allows rotation."""
    sent_at = datetime.fromtimestamp(seconds, UTC)
    signatures = [Webhook(secret).sign(message_id, sent_at, body.decode()) for secret in team_secrets]
    return {
        "Content-Type": "application/json",
        "X-Webhook-Event": event,
        "X-Webhook-Signature": "sha256=" + hmac.digest(key_digest, body, hashlib.sha256).hex(),
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signatures),
    }
