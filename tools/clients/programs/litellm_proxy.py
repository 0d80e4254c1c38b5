"""OpenAI's Python client at a LiteLLM proxy that has Easel behind it: generate, edit, combine."""

import base64
import os
from pathlib import Path

from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:4000/v1", api_key=os.environ["LITELLM_MASTER_KEY"])


def save(name: str, image: str | None) -> None:
    Path(name).write_bytes(base64.b64decode(image or ""))


made = client.images.generate(model="gpt-image-2", prompt="A red fox in the snow", size="1536x1024", quality="low")
save("generate.png", made.data[0].b64_json)

edited = client.images.edit(model="gpt-image-2", image=Path("fox.png"), prompt="Make it blue", quality="low")
save("edit.png", edited.data[0].b64_json)

inputs = [Path("fox.png"), Path("hat.png"), Path("den.png")]
combined = client.images.edit(model="gpt-image-2", image=inputs, prompt="The fox in its den, in a hat", quality="low")
save("edit-three.png", combined.data[0].b64_json)

masked = client.images.edit(
    model="gpt-image-2", image=Path("fox.png"), mask=Path("mask.png"), prompt="Black and white", quality="low"
)
save("edit-mask.png", masked.data[0].b64_json)
