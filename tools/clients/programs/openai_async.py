"""OpenAI's Python client, asynchronous: four requests at once, and a stream."""

import asyncio
import base64
import os
from pathlib import Path

from openai import AsyncOpenAI


def save(name: str, image: str | None) -> None:
    Path(name).write_bytes(base64.b64decode(image or ""))


async def main() -> None:
    async with AsyncOpenAI(base_url="http://127.0.0.1:8787/v1", api_key=os.environ["EASEL_API_KEY"]) as client:
        fox, hat, den = Path("fox.png"), Path("hat.png"), Path("den.png")
        made, edited, combined, masked = await asyncio.gather(
            client.images.generate(
                model="gpt-image-2", prompt="A red fox in the snow", size="1536x1024", quality="low"
            ),
            client.images.edit(model="gpt-image-2", image=fox, prompt="Make it blue", quality="low"),
            client.images.edit(
                model="gpt-image-2", image=[fox, hat, den], prompt="The fox in its den, in a hat", quality="low"
            ),
            client.images.edit(
                model="gpt-image-2", image=fox, mask=Path("mask.png"), prompt="Black and white", quality="low"
            ),
        )
        save("generate.png", made.data[0].b64_json)
        save("edit.png", edited.data[0].b64_json)
        save("edit-three.png", combined.data[0].b64_json)
        save("edit-mask.png", masked.data[0].b64_json)
        stream = await client.images.edit(
            model="gpt-image-2", image=fox, prompt="Make it green", quality="low", stream=True
        )
        async for event in stream:
            if event.type == "image_edit.completed":
                save("stream.png", event.b64_json)


asyncio.run(main())
