"""One request in several languages, for the documentation and for the Studio's live code view."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from easel.catalog.card import Card

PATH = "/v2/images/generate"
WIDTH = 80  # of a line of code; texts can be longer


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
    body = json_literal(request, 1).replace("'", "'\\''")
    return (
        f"curl -X POST {host}{PATH} \\\n"
        f'  -H "X-API-Key: {key}" \\\n'
        f'  -H "Content-Type: application/json" \\\n'
        f"  -d '{body}'"
    )


def python(request: Mapping[str, Any], *, host: str, key: str) -> str:
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    return (
        "import requests\n\n"
        "response = requests.post(\n"
        f'    "{host}{PATH}",\n'
        f"    headers={python_literal(headers, 1)},\n"
        f"    json={python_literal(request, 1)},\n"
        ")\n"
        "print(response.json())"
    )


def javascript(request: Mapping[str, Any], *, host: str, key: str) -> str:
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    return (
        f'const response = await fetch("{host}{PATH}", {{\n'
        '  method: "POST",\n'
        f"  headers: {javascript_literal(headers, 1)},\n"
        f"  body: JSON.stringify({javascript_literal(request, 1)}),\n"
        "});\n"
        "console.log(await response.json());"
    )


def openai(request: Mapping[str, Any], card: Card | None, *, host: str, key: str) -> str:
    """Python with OpenAI's client. Webhooks are not part of its API."""
    given = {"model": request["model"], "prompt": request["prompt"]}
    names = {"aspect_ratio": "size", "number_of_images": "n"}
    params = {name: value for name, value in _params(request).items() if value is not None}
    inputs, mask = _each(params.pop("input_images", [])), params.pop("mask", None)
    params.pop("partial_images", None)  # they are part of a stream
    extra = {"moderation": params.pop("moderation")} if inputs and "moderation" in params else None
    if "aspect_ratio" in params:
        params["aspect_ratio"] = card.spelled_sizes.get(params["aspect_ratio"], "auto") if card else "auto"
    given |= {names.get(name, name): value for name, value in params.items()}
    arguments = [f"{name}={python_literal(value, 1)}" for name, value in given.items()]
    if inputs:
        arguments.insert(0, "image=[urlopen(address).read() for address in addresses]")
    if inputs and mask:
        arguments.insert(1, f"mask=urlopen({_json(mask)}).read()")
    arguments += [f"extra_body={python_literal(extra, 1)}"] if extra else []
    lines = "".join(f"    {one},\n" for one in arguments)
    return (
        "import base64\nfrom pathlib import Path\n"
        + ("from urllib.request import urlopen\n" if inputs else "")
        + "\nfrom openai import OpenAI\n\n"
        + (f"addresses = {python_literal(inputs)}\n" if inputs else "")
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
    words = ["easel", "generate", _shell(request["prompt"])]
    lines = [f"--model {_shell(request['model'])}"] if request["model"] != "gpt-image-2" else []
    for name, value in _params(request).items():
        if value is None:
            continue
        if name == "input_images":
            lines += [f"--input {_shell(one)}" for one in _each(value)]
        elif name == "mask":
            lines.append(f"--mask {_shell(value)}")
        elif name in options:
            lines.append(f"{options[name]} {_shell(str(value))}")
        else:
            lines.append(f"--param {_shell(f'{name}={value}')}")
    return " \\\n  ".join([" ".join(words), *lines, f"--url {host} --key {key}"])


def _params(request: Mapping[str, Any]) -> Mapping[str, Any]:
    params = [value for value in request.values() if isinstance(value, Mapping)]
    return params[0] if params else {}


def _each(images: str | Sequence[str]) -> Sequence[str]:
    """A request can have one image without a list."""
    return [images] if isinstance(images, str) else images


def json_literal(value: Any, depth: int = 0) -> str:
    """JSON, `depth` levels deep: an object has a line per field, a list one line if it fits."""
    return _literal(value, depth, "JSON")


def python_literal(value: Any, depth: int = 0) -> str:
    """The same as black formats it."""
    return _literal(value, depth, "Python")


def javascript_literal(value: Any, depth: int = 0) -> str:
    """The same as prettier formats it: names without quotes, and a long text on a line of its own."""
    return _literal(value, depth, "JavaScript")


def _literal(value: Any, depth: int, language: str) -> str:
    if isinstance(value, Mapping) and value:
        return _lines("{}", [_field(name, one, depth + 1, language) for name, one in value.items()], depth, language)
    if isinstance(value, list | tuple):
        items = [_literal(one, depth + 1, language) for one in value]
        line = f"[{', '.join(items)}]"
        fits = "\n" not in line and len(line) + depth * _step(language) <= WIDTH
        return line if fits or not items else _lines("[]", items, depth, language)
    # JSON's escapes in texts are those of the others too.
    return repr(value) if language == "Python" and not isinstance(value, str) else _json(value)


def _field(name: str, value: Any, depth: int, language: str) -> str:
    unquoted = language == "JavaScript" and re.fullmatch(r"[A-Za-z_$][\w$]*", name, re.ASCII)
    start, text = name if unquoted else _json(name), _literal(value, depth, language)
    indent = depth * _step(language)
    if language == "JavaScript" and isinstance(value, str) and indent + len(start) + len(text) + 3 > WIDTH:
        return f"{start}:\n{' ' * (indent + 2)}{text}"
    return f"{start}: {text}"


def _lines(brackets: str, items: Sequence[str], depth: int, language: str) -> str:
    step = _step(language)
    indent, last = " " * (step * depth), "" if language == "JSON" else ","
    inside = ",".join(f"\n{indent}{' ' * step}{one}" for one in items)
    return f"{brackets[0]}{inside}{last}\n{indent}{brackets[1]}"


def _step(language: str) -> int:
    return 4 if language == "Python" else 2


def _shell(text: str) -> str:
    """A word of a shell command: in double quotes where it has an apostrophe and nothing that the shell would read."""
    if "'" in text and not re.search(r'["$`\\!\n]', text):
        return f'"{text}"'
    return text if shlex.quote(text) == text else "'" + text.replace("'", "'\\''") + "'"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
