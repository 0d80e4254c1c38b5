"""Requests as code: what the product's page shows, and the same request whatever is in it."""

import ast
import itertools
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from easel.api.openapi import EXAMPLES
from easel.catalog import Catalog
from easel.web.snippets import snippets

SEED = Path(__file__).parents[2] / "e2e" / "seed_examples"
HOST = "https://api.apiframe.ai"
NASTY = 'say "it\'s" \\ $HOME `id` ! café 🦊\nnew line\u2028 \x7f'
REQUESTS: list[dict[str, Any]] = [
    {"model": "gpt-image-2", "prompt": NASTY, "gptImage2Params": {}},
    {"model": "gpt-image-2", "prompt": "it's", "gptImage2Params": {"input_images": NASTY, "mask": None}},
    {
        "model": "gpt-image-2",
        "prompt": "x" * 200,
        "gptImage2Params": {"input_images": [f"https://example.com/{n}.png" for n in range(9)], "number_of_images": 2},
        "webhookEvents": ["completed", "failed"],
        "a-b": True,
    },
]


@pytest.mark.parametrize(("name", "file"), [("text-to-image", "text_to_image"), ("edit", "image_editing")])
@pytest.mark.parametrize(("language", "suffix"), [("curl", "sh"), ("Python", "py"), ("JavaScript", "mjs")])
def test_the_examples_are_written_as_a_person_writes_them(name: str, file: str, language: str, suffix: str) -> None:
    shown = snippets(EXAMPLES[name]["value"], None, host=HOST)[language]
    assert shown == (SEED / f"{file}.{suffix}").read_text().strip()


@pytest.mark.parametrize("request_", REQUESTS)
def test_the_code_sends_the_request(request_: dict[str, Any]) -> None:
    code = snippets(request_, Catalog.load()["gpt-image-2"], host=HOST)
    assert json.loads(shlex.split(code["curl"])[-1]) == request_
    calls = [node for node in ast.walk(ast.parse(code["Python"])) if isinstance(node, ast.keyword)]
    assert [ast.literal_eval(call.value) for call in calls if call.arg == "json"] == [request_]
    body = re.findall(r"JSON.stringify\((.*)\),\n", code["JavaScript"], re.DOTALL)[0]
    quoted = re.sub(r"^( +)(\w+):", r'\1"\2":', body, flags=re.MULTILINE)
    assert json.loads(re.sub(r",(\n +[}\]])", r"\1", quoted)) == request_
    inputs = request_["gptImage2Params"].get("input_images", [])
    words = shlex.split(code["easel"])
    assert words[2] == request_["prompt"]
    given = [word for option, word in itertools.pairwise(words) if option == "--input"]
    assert given == ([inputs] if isinstance(inputs, str) else inputs)
    assert compile(code["OpenAI SDK"], "sdk", "exec")
