"""LiteLLM as a library: generate, the same asynchronously, edit, combine."""

import asyncio
import base64
import os
from pathlib import Path

import litellm

easel = {"api_base": "http://127.0.0.1:8787/v1", "api_key": os.environ["EASEL_API_KEY"]}


def save(name: str, image: str | None) -> None:
    Path(name).write_bytes(base64.b64decode(image or ""))


made = litellm.image_generation(
    model="openai/gpt-image-2", prompt="A red fox in the snow", size="1536x1024", quality="low", **easel
)
save("generate.png", made.data[0].b64_json)

again = asyncio.run(
    litellm.aimage_generation(model="openai/gpt-image-2", prompt="A red fox in the rain", quality="low", **easel)
)
save("asynchronous.png", again.data[0].b64_json)

with Path("fox.png").open("rb") as fox:
    edited = litellm.image_edit(model="openai/gpt-image-2", image=fox, prompt="Make it blue", quality="low", **easel)
save("edit.png", edited.data[0].b64_json)

with Path("fox.png").open("rb") as fox, Path("hat.png").open("rb") as hat, Path("den.png").open("rb") as den:
    combined = litellm.image_edit(
        model="openai/gpt-image-2", image=[fox, hat, den], prompt="The fox in its den", quality="low", **easel
    )
save("edit-three.png", combined.data[0].b64_json)

with Path("fox.png").open("rb") as fox, Path("mask.png").open("rb") as mask:
    masked = litellm.image_edit(
        model="openai/gpt-image-2", image=fox, mask=mask, prompt="Black and white", quality="low", **easel
    )
save("edit-mask.png", masked.data[0].b64_json)
