"""LlamaIndex's tool. It has no argument for an address: its OpenAI client reads OPENAI_BASE_URL."""

import os
from pathlib import Path
from urllib.request import urlopen

from llama_index.tools.openai import OpenAIImageGenerationToolSpec

os.environ["OPENAI_BASE_URL"] = "http://127.0.0.1:8787/v1"
tool = OpenAIImageGenerationToolSpec(api_key=os.environ["EASEL_API_KEY"], cache_dir="cache")

Path("generate.png").write_bytes(urlopen(tool.image_generation("A red fox in the snow")).read())

[saved] = tool.image_generation("A red fox in the rain", download=True)
Path(saved).rename("base64.png")
