"""The images on the pages of the models, as the built-in provider makes them.

python -m tools.model_images        into src/easel/docs/pages/images

The photograph is scikit-image's `coffee.png` by Rachel Michetti (CC0).
"""

import tempfile
from pathlib import Path
from typing import Any

import httpx
import pyvips
import skimage

from easel.api.openapi import PROMPT
from easel.testing import running_server

OUT = Path("src/easel/docs/pages/images")
PHOTOGRAPH = Path(skimage.__file__).parent / "data" / "coffee.png"
EDIT = "Change the red cup to teal. Keep the table and the light."
DASHBOARD = "Dashboard of a bicycle rental with “Rides today 1,284”, “Revenue €9,310” and a bar chart by hour"
LOGO = "Logo for “Harbour Bakery”, a croissant and waves, navy and gold"
WIDTH = 768


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder)) as server,
        httpx.Client(base_url=server.url, headers={"X-API-Key": server.key}, timeout=90) as easel,
    ):
        save("infographic", make(easel, PROMPT, "gpt-image-2", "gptImage2Params"))
        save("dashboard", make(easel, DASHBOARD, "gpt-image-2", "gptImage2Params"))
        save("logo", make(easel, LOGO, "gpt-image-1.5", "gptImageParams", background="transparent"))
        upload = easel.post("/v2/uploads", files={"file": ("coffee.png", PHOTOGRAPH.read_bytes(), "image/png")})
        inputs = [upload.json()["url"]]
        save("edit-after", make(easel, EDIT, "gpt-image-2", "gptImage2Params", input_images=inputs))
    save("edit-before", PHOTOGRAPH.read_bytes())


def make(easel: httpx.Client, prompt: str, model: str, field: str, **params: Any) -> bytes:
    """One image of 3:2, as a PNG."""
    body = {"model": model, "prompt": prompt, field: {"quality": "high", "aspect_ratio": "3:2", **params}}
    job = easel.post("/v2/images/generate", json=body).raise_for_status().json()["jobId"]
    done = easel.get(f"/v2/jobs/{job}?wait=60").json()
    return easel.get(f"{done['result']['images'][0]}?format=png").content


def save(name: str, data: bytes) -> None:
    image = pyvips.Image.thumbnail_buffer(data, WIDTH, height=WIDTH * 2 // 3, crop="centre")
    image.write_to_file(str(OUT / f"{name}.webp"), Q=80, effort=6, keep="none")


if __name__ == "__main__":
    main()
