"""LangChain's wrapper of DALL·E. It reads addresses, which models named dall-e answer unless asked for base64."""

import os
from pathlib import Path
from urllib.request import urlopen

from langchain_community.utilities.dalle_image_generator import DallEAPIWrapper

dalle = DallEAPIWrapper(base_url="http://127.0.0.1:8787/v1", api_key=os.environ["EASEL_API_KEY"], model="dall-e-3")

Path("generate.png").write_bytes(urlopen(dalle.run("A red fox in the snow")).read())
