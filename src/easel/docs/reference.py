"""The API reference: every operation of the OpenAPI document, in groups, with what a reader wants to know of each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from easel.api.refusals import PUBLIC, SENTENCES, WITH_A_KEY
from easel.docs import HOST
from easel.docs.examples import FILE, ID, TOKEN, example
from easel.docs.render import anchor
from easel.docs.samples import KEY, Call, curl, javascript, python
from easel.docs.schema import Field, Schema, Schemas

JSON, MULTIPART, EVENTS = "application/json", "multipart/form-data", "text/event-stream"
IN_A_PATH = {"id": ID, "token": TOKEN, "name": FILE, "index": "0", "model": "gpt-image-2", "image": f"{ID}-1"}
EVERYWHERE = {*WITH_A_KEY, *PUBLIC}  # errors of nearly every call, listed once
CHARGED = ("/v2/images/generate", "/v1/images/generations", "/v1/images/edits")
LASTING = ("/rotate", "/{change}", "/role")  # what cannot be undone by the same call, beside DELETE


# The first code in the row of a status on the page *Errors*.
CODES = {
    "400": "invalid_request",
    "401": "api_key_required",
    "402": "insufficient_credits",
    "403": "api_key_inactive",
    "404": "job_not_found",
    "408": "request_timeout",
    "409": "idempotency_key_reused",
    "413": "too_large",
    "416": "range_outside",
    "429": "rate_limited",
    "500": "internal_error",
    "502": "storage_unavailable",
    "503": "too_many_bodies",
}


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters in one part of a request: path, query, header or body. `media_type` is that of a body."""

    title: str
    fields: Sequence[Field]
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One documented success. `text` is an example of its body, if it has one that can be shown."""

    status: str
    about: str
    media_types: Sequence[str]
    fields: Sequence[Field]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """One documented error, and the page that explains it."""

    status: str
    about: str
    link: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call. `asks` says why a page asks before it sends the call: it is charged, or lasting."""

    anchor: str
    title: str
    method: str
    path: str
    about: str
    needs_key: bool
    parameters: Sequence[Parameters]
    same_body_as: "Operation | None"
    answers: Sequence[Answer]
    errors: Sequence[Refused]
    samples: Mapping[str, str]
    body: str  # an example of a JSON body
    files: Sequence[str]  # the files of a form
    asks: str

    @property
    def inputs(self) -> Sequence[tuple[str, Field]]:
        """The parameters that are filled in one by one, each with its place: path, query or header."""
        places = {"Path": "path", "Query": "query", "Headers": "header"}
        return [(places[one.title], field) for one in self.parameters if one.title in places for field in one.fields]


@dataclass(frozen=True, slots=True)
class Group:
    anchor: str
    title: str
    about: str
    operations: Sequence[Operation]


def errors_everywhere() -> Sequence[Refused]:
    """The errors that every call with a key can have."""
    return [Refused(str(status), SENTENCES[status], _link(str(status))) for status in sorted(EVERYWHERE)]


def groups_of(document: Schema) -> Sequence[Group]:
    """The groups in the order of the document, each with its operations. Every operation has one tag."""
    schemas = Schemas(document)
    bodies: dict[str, Operation] = {}
    by_tag: dict[str, list[Operation]] = {tag["name"]: [] for tag in document["tags"]}
    about = {tag["name"]: tag.get("description", "") for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, raw in methods.items():
            body = json.dumps(raw.get("requestBody"))
            operation = _operation(schemas, method.upper(), path, raw, bodies.get(body))
            if "oneOf" in body:
                bodies.setdefault(body, operation)
            by_tag.setdefault(raw["tags"][0], []).append(operation)
    return [Group(anchor(tag), tag, about.get(tag, ""), found) for tag, found in by_tag.items() if found]


def _operation(schemas: Schemas, method: str, path: str, raw: Schema, same: Operation | None) -> Operation:
    content: Mapping[str, Any] = raw.get("requestBody", {}).get("content", {})
    body = _body_example(schemas, content.get(JSON))
    files = [] if body is not None else list(_files(schemas, content.get(MULTIPART)))
    answers = [_answer(schemas, status, one) for status, one in raw["responses"].items() if status < "400"]
    parameters = list(_parameters(schemas, raw))
    if same is None:
        parameters += [_body(schemas, media_type, one["schema"]) for media_type, one in content.items()]
    call = Call(
        method,
        _url(path, raw),
        _kind(answers),
        headers=_auth(path) if "security" in raw else {},
        body=body,
        files=files,
        saved_as="images.zip" if path.endswith("archive") else "image.webp",
    )
    return Operation(
        anchor=anchor(raw["summary"]),
        title=raw["summary"],
        method=method,
        path=path,
        about=raw.get("description", ""),
        needs_key="security" in raw,
        parameters=parameters,
        same_body_as=same,
        answers=answers,
        errors=[
            Refused(status, one["description"], "/docs/openai#errors" if path.startswith("/v1/") else _link(status))
            for status, one in sorted(raw["responses"].items())
            if status >= "400" and (int(status) not in EVERYWHERE or one["description"] != SENTENCES[int(status)])
        ],
        samples={"sh": curl(call), "python": python(call), "js": javascript(call)},
        body="" if body is None else _json(body),
        files=files,
        asks="charge" if path in CHARGED else "lasting" if method == "DELETE" or path.endswith(LASTING) else "",
    )


def _parameters(schemas: Schemas, raw: Schema) -> Iterator[Parameters]:
    for place, title in (("path", "Path"), ("query", "Query"), ("header", "Headers")):
        fields = [
            schemas.field(
                _header(one["name"]) if place == "header" else one["name"],
                {**one["schema"], "description": one.get("description", "")},
                required=one.get("required", False),
            )
            for one in raw.get("parameters", ())
            if one["in"] == place
        ]
        if fields:
            yield Parameters(title, fields)


def _body(schemas: Schemas, media_type: str, schema: Schema) -> Parameters:
    return Parameters("Body", list(schemas.fields(schema)), media_type)


def _answer(schemas: Schemas, status: str, raw: Schema) -> Answer:
    content: Mapping[str, Any] = raw.get("content", {})
    schema = content.get(JSON, {}).get("schema")
    fields = list(schemas.fields(schema, response=True)) if schema else []
    about = raw.get("description", "")
    return Answer(
        status,
        "" if about == "Successful Response" else about,
        list(content),
        fields,
        _json(example(schemas, schema)) if fields else "",
    )


def _kind(answers: Sequence[Answer]) -> str:
    """What a program does with the usual response: the first success, or else an error."""
    first = next(iter(answers[0].media_types), "") if answers else JSON
    return {JSON: "json", EVENTS: "events", "": "nothing"}.get(first, "file")


def _body_example(schemas: Schemas, content: Schema | None) -> Any:
    if content is None:
        return None
    given = next(iter(content.get("examples", {}).values()), None)
    return given["value"] if given else example(schemas, content["schema"], only_required=True)


def _files(schemas: Schemas, content: Schema | None) -> Iterator[str]:
    if content is not None:
        required, properties = schemas.merged(content["schema"])
        yield from (name for name, one in properties.items() if one.get("format") == "binary" and name in required)


def _url(path: str, raw: Schema) -> str:
    """An address with examples for the path and for what a query must have."""
    query = []
    for one in raw.get("parameters", ()):
        if one["in"] == "path":
            values = one["schema"].get("enum") or [IN_A_PATH.get(one["name"], ID)]
            path = path.replace(f"{{{one['name']}}}", values[0])
        elif one["in"] == "query" and one.get("required"):
            query.append(f"{one['name']}={quote(IN_A_PATH.get(one['name'], 'text'))}")
    return HOST + path + (f"?{'&'.join(query)}" if query else "")


def _auth(path: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {KEY}"} if path.startswith("/v1/") else {"X-API-Key": KEY}


def _link(status: str) -> str:
    """The row of the page *Errors* with the usual code of this status."""
    return f"/docs/errors#{CODES.get(status, 'http-errors')}"


def _header(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
