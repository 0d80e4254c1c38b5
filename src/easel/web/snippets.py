"""One request in several languages, for the documentation and for the Studio's live code view."""

import json
import shlex
from collections.abc import Mapping
from pprint import pformat
from typing import Any

from easel.catalog.card import Card

PATH = "/v2/images/generate"


def snippets(
    request: Mapping[str, Any], card: Card | None, *, host: str, key: str = "afk_your_api_key_here"
) -> dict[str, str]:
    """The request as curl, Python, JavaScript, Python with OpenAI's client, and `easel`, by their names.

    `card` is its model's; a job may be older than the cards, and its model gone.
    """
    return {
        "curl": curl(request, host=host, key=key),
        "Python": python(request, host=host, key=key),
        "JavaScript": javascript(request, host=host, key=key),
        "OpenAI SDK": openai(request, card, host=host, key=key),
        "easel": easel(request, host=host, key=key),
    }


def curl(request: Mapping[str, Any], *, host: str, key: str) -> str:
    body = _json(request).replace("'", "'\\''")
    return (
        f"curl -X POST {host}{PATH} \\\n"
        f'  -H "X-API-Key: {key}" \\\n'
        f'  -H "Content-Type: application/json" \\\n'
        f"  -d '{_indented(body, 2)}'"
    )


def python(request: Mapping[str, Any], *, host: str, key: str) -> str:
    body = pformat(_plain(request), indent=4, width=92, sort_dicts=False, underscore_numbers=False)
    body = body if body.startswith("{\n") else "{\n    " + body[1:].lstrip()
    body = body if body.endswith("\n}") else body[:-1] + ",\n}"
    return (
        "import requests\n\n"
        f'response = requests.post(\n    "{host}{PATH}",\n'
        f'    headers={{"X-API-Key": "{key}"}},\n'
        f"    json={_indented(body, 4)},\n)\nprint(response.json())"
    )


def javascript(request: Mapping[str, Any], *, host: str, key: str) -> str:
    return (
        f'const response = await fetch("{host}{PATH}", {{\n'
        '  method: "POST",\n'
        f'  headers: {{ "X-API-Key": "{key}", "Content-Type": "application/json" }},\n'
        f"  body: JSON.stringify({_indented(_json(request), 2)}),\n}});\n"
        "console.log(await response.json());"
    )


def openai(request: Mapping[str, Any], card: Card | None, *, host: str, key: str) -> str:
    """Python with OpenAI's client. Webhooks are not part of its API."""
    given = {"model": request["model"], "prompt": request["prompt"]}
    names = {"aspect_ratio": "size", "number_of_images": "n"}
    params = {name: value for name, value in _params(request).items() if value is not None}
    inputs, mask = params.pop("input_images", None), params.pop("mask", None)
    params.pop("partial_images", None)  # they are part of a stream
    extra = {"moderation": params.pop("moderation")} if inputs and "moderation" in params else None
    if "aspect_ratio" in params:
        params["aspect_ratio"] = card.spelled_sizes.get(params["aspect_ratio"], "auto") if card else "auto"
    given |= {names.get(name, name): value for name, value in params.items()}
    arguments = [f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in given.items()]
    if inputs:
        addresses = ", ".join(json.dumps(one, ensure_ascii=False) for one in inputs)
        arguments.insert(0, f"image=[urlopen(address).read() for address in [{addresses}]]")
    if inputs and mask:
        arguments.insert(1, f"mask=urlopen({json.dumps(mask, ensure_ascii=False)}).read()")
    arguments += [f"extra_body={json.dumps(extra)}"] if extra else []
    lines = "".join(f"    {one},\n" for one in arguments)
    return (
        "import base64\nfrom pathlib import Path\n"
        + ("from urllib.request import urlopen\n" if inputs else "")
        + "\nfrom openai import OpenAI\n\n"
        + f'client = OpenAI(base_url="{host}/v1", api_key="{key}")\n'
        + f"result = client.images.{'edit' if inputs else 'generate'}(\n{lines})\n"
        + "for number, image in enumerate(result.data, start=1):\n"
        + f'    Path(f"image-{{number}}.{params.get("output_format", "png")}")'
        + ".write_bytes(base64.b64decode(image.b64_json))"
    )


def easel(request: Mapping[str, Any], *, host: str, key: str) -> str:
    """The command line; parameters without an option of their own use --param."""
    options = {"quality": "--quality", "aspect_ratio": "--aspect-ratio", "output_format": "--format"}
    options |= {"output_compression": "--compression", "background": "--background", "number_of_images": "--count"}
    words = ["easel", "generate", shlex.quote(request["prompt"])]
    lines = [f"--model {shlex.quote(request['model'])}"] if request["model"] != "gpt-image-2" else []
    for name, value in _params(request).items():
        if value is None:
            continue
        if name == "input_images":
            lines += [f"--input {shlex.quote(one)}" for one in value]
        elif name == "mask":
            lines.append(f"--mask {shlex.quote(value)}")
        elif name in options:
            lines.append(f"{options[name]} {shlex.quote(str(value))}")
        else:
            lines.append(f"--param {shlex.quote(f'{name}={value}')}")
    return " \\\n  ".join([" ".join(words), *lines, f"--url {host} --key {key}"])


def _params(request: Mapping[str, Any]) -> Mapping[str, Any]:
    params = [value for value in request.values() if isinstance(value, Mapping)]
    return params[0] if params else {}


def _plain(value: Any) -> Any:
    return {name: _plain(one) for name, one in value.items()} if isinstance(value, Mapping) else value


def _json(request: Mapping[str, Any]) -> str:
    return json.dumps(request, ensure_ascii=False, indent=2)


def _indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)
