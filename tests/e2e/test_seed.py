"""The three examples of the page this product fulfils, word for word but for host and key, by the tools they name."""

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import httpx
import pytest
import pyvips

from easel.testing import RunningServer

EXAMPLES = Path(__file__).parent / "seed_examples"
HOST, KEY = "https://api.apiframe.ai", "afk_your_api_key_here"
RUNNERS = {".sh": ["bash"], ".py": [sys.executable], ".mjs": ["node"]}


def run_example(name: str, server: RunningServer, tmp_path: Path) -> dict[str, Any]:
    """What the example prints, as JSON."""
    source = EXAMPLES / name  # an absolute name is itself
    runner = RUNNERS[source.suffix]
    if (
        not shutil.which(runner[0])
        or subprocess.run([runner[0], "--version"], capture_output=True, check=False).returncode
    ):
        pytest.skip(f"{runner[0]} is not on this machine")
    script = tmp_path / source.name
    script.write_text(source.read_text().replace(HOST, server.url).replace(KEY, server.key))
    done = subprocess.run([*runner, str(script)], capture_output=True, text=True, timeout=60, check=True)
    found = re.search(r"\{.*\}", done.stdout, re.DOTALL)
    assert found, done.stdout + done.stderr
    printed = re.sub(r"(\w+):", r'"\1":', found[0]) if source.suffix == ".mjs" else found[0]
    answer: dict[str, Any] = json.loads(printed.replace("'", '"'))
    return answer


def job_of(answer: dict[str, Any], server: RunningServer) -> dict[str, Any]:
    assert answer["status"] == "QUEUED"
    job: dict[str, Any] = httpx.get(
        f"{server.url}/v2/jobs/{answer['jobId']}?wait=60", headers={"X-API-Key": server.key}, timeout=90
    ).json()
    return job


@pytest.mark.parametrize("name", ["text_to_image.sh", "text_to_image.py", "text_to_image.mjs"])
def test_text_to_image(name: str, server: RunningServer, tmp_path: Path) -> None:
    job = job_of(run_example(name, server, tmp_path), server)
    assert (job["status"], job["creditCost"]) == ("COMPLETED", 23)
    [address] = job["result"]["images"]
    assert address.endswith(".webp")
    image = pyvips.Image.new_from_buffer(httpx.get(address).content, "")
    assert (image.width, image.height, image.get("vips-loader")) == (1536, 1024, "webpload_buffer")


@pytest.mark.parametrize("name", ["image_editing.sh", "image_editing.py", "image_editing.mjs"])
def test_image_editing(name: str, server: RunningServer, tmp_path: Path) -> None:
    """The portrait of the page does not exist: the job is accepted, says so, and costs nothing."""
    job = job_of(run_example(name, server, tmp_path), server)
    assert (job["status"], job["errorCode"], job["creditCost"]) == ("FAILED", "input_unusable", 0)
    assert "input_images[0]" in job["error"]


@pytest.mark.parametrize("name", ["image_editing.sh", "image_editing.py", "image_editing.mjs"])
def test_image_editing_of_a_portrait_that_exists(name: str, server: RunningServer, tmp_path: Path) -> None:
    portrait = pyvips.Image.black(300, 400, bands=3).write_to_buffer(".jpg")
    upload = httpx.post(
        f"{server.url}/v2/uploads", files={"file": ("portrait.jpg", portrait)}, headers={"X-API-Key": server.key}
    ).json()
    example = (EXAMPLES / name).read_text()
    assert "https://example.com/portrait.jpg" in example
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / name).write_text(example.replace("https://example.com/portrait.jpg", upload["url"]))
    job = job_of(run_example(str(scripts / name), server, tmp_path), server)
    assert (job["status"], job["creditCost"]) == ("COMPLETED", 23)
    assert job["warnings"], "there is no red hat on a black picture, and no velvet in sketch: both are said"


def test_the_worked_sum_of_the_page(server: RunningServer) -> None:
    body = {
        "model": "gpt-image-2",
        "prompt": "four cats",
        "gptImage2Params": {"quality": "medium", "number_of_images": 4},
    }
    answer = httpx.post(f"{server.url}/v2/images/estimate", json=body, headers={"X-API-Key": server.key}).json()
    assert answer["creditsRequired"] == 9 * 4


def test_the_examples_are_those_of_the_documentation() -> None:
    shown = (Path(__file__).parents[2] / "README.md").read_text()
    curl = (EXAMPLES / "text_to_image.sh").read_text()
    body = textwrap.dedent(curl[curl.index("-d '") + 4 : curl.rindex("'")])
    assert json.loads(body)["prompt"] in shown
