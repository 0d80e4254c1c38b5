"""One call of the API in curl, Python and JavaScript, for the API reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from easel.web.snippets import javascript_literal, json_literal, python_literal

KEY = "afk_your_api_key_here"


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent, and which kind of response is expected: json, events, file or nothing."""

    method: str
    url: str
    response: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    files: Sequence[str] = ()  # names of multipart fields
    saved_as: str = "image.webp"


def curl(call: Call) -> str:
    method = "" if call.method == "GET" else f"-X {call.method} "
    url = f'"{call.url}"' if "?" in call.url else call.url
    lines = [f"curl {'-N ' if call.response == 'events' else ''}{method}{url}"]
    lines += [f'-H "{name}: {value}"' for name, value in call.headers.items()]
    if call.body is not None:
        body = json_literal(call.body, 1).replace("'", "'\\''")
        lines += ['-H "Content-Type: application/json"', f"-d '{body}'"]
    lines += [f'-F "{name}=@portrait.png"' for name in call.files]
    lines += [f"-o {call.saved_as}"] if call.response == "file" else []
    return " \\\n  ".join(lines)


def python(call: Call) -> str:
    arguments = [f'"{call.url}"']
    arguments += [f"headers={python_literal(call.headers, 1)}"] if call.headers else []
    arguments += [f"json={python_literal(call.body, 1)}"] if call.body is not None else []
    if call.files:
        opened = ", ".join(f'"{name}": open("portrait.png", "rb")' for name in call.files)
        arguments.append(f"files={{{opened}}}")
    arguments += ["stream=True"] if call.response == "events" else []
    inside = "".join(f"    {one},\n" for one in arguments)
    end = {
        "json": "print(response.json())",
        "events": "for line in response.iter_lines():\n    print(line.decode())",
        "file": f'with open("{call.saved_as}", "wb") as file:\n    file.write(response.content)',
        "nothing": "print(response.status_code)",
    }[call.response]
    return f"import requests\n\nresponse = requests.{call.method.lower()}(\n{inside})\n{end}"


def javascript(call: Call) -> str:
    options = [f'method: "{call.method}"'] if call.method != "GET" else []
    headers = {**call.headers, **({"Content-Type": "application/json"} if call.body is not None else {})}
    options += [f"headers: {javascript_literal(headers, 1)}"] if headers else []
    options += [f"body: JSON.stringify({javascript_literal(call.body, 1)})"] if call.body is not None else []
    start = ""
    if call.files:
        fields = [f'form.append("{name}", await openAsBlob("portrait.png"), "portrait.png");' for name in call.files]
        start = 'import { openAsBlob } from "node:fs";\n\n' + "\n".join(["const form = new FormData();", *fields, ""])
        options.append("body: form")
    inside = "".join(f"  {one},\n" for one in options)
    given = f", {{\n{inside}}}" if options else ""
    end = {
        "json": "console.log(await response.json());",
        "events": "for await (const text of response.body.pipeThrough(new TextDecoderStream())) {\n"
        "  console.log(text);\n}",
        "file": "const file = await response.blob();\nconsole.log(file.type, file.size);",
        "nothing": "console.log(response.status);",
    }[call.response]
    return f'{start}const response = await fetch("{call.url}"{given});\n{end}'
