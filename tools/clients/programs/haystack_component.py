"""Haystack's component."""

import base64
from pathlib import Path

from haystack.components.generators import OpenAIImageGenerator
from haystack.utils import Secret

generator = OpenAIImageGenerator(
    api_base_url="http://127.0.0.1:8787/v1",
    api_key=Secret.from_env_var("EASEL_API_KEY"),
    model="gpt-image-2",
    quality="low",
    size="1536x1024",
)

Path("generate.png").write_bytes(base64.b64decode(generator.run("A red fox in the snow")["images"][0]))
