"""The API reference: made from /openapi.json, so that every route is on it, with words and examples that are right."""

import ast
import asyncio
import json
import re
from typing import Any

import jsonschema_rs
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from tests.rig import Rig

from easel.accounts.sessions import is_csrf_token
from easel.api.caller import SESSION_COOKIE
from easel.api.openapi import summarize
from easel.app import ROUTERS, build_app
from easel.build import build_services
from easel.config import Settings
from easel.docs.reference import Operation, groups_of
from easel.docs.schema import Schemas
from easel.runtime import open_database

pytestmark = [pytest.mark.anyio, pytest.mark.backends("embedded")]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    settings = Settings(data=tmp_path_factory.mktemp("reference"), providers=("sketch",))
    db = open_database(settings.data, settings.database_address)
    made = build_app(settings, build_services(settings, db)).openapi()
    asyncio.run(db.close())
    return made


def operations_of(document: dict[str, Any]) -> list[Operation]:
    return [operation for group in groups_of(document) for operation in group.operations]


def test_every_route_is_in_the_document_unless_it_says_not() -> None:
    left_out = {route.path for router in ROUTERS for route in router.routes if not route.include_in_schema}  # type: ignore[attr-defined]
    assert left_out == {"/files/{token}/{name}", "/hooks/{provider}/{id}", "/metrics"}  # the first: HEAD


async def test_every_route_is_on_the_page_with_a_summary_of_its_own(rig: Rig) -> None:
    """Also as Markdown and in the search; every error leads to its row, and the page is small on its way."""
    answer = await rig.client.get("/docs/reference")
    page = answer.text
    assert (answer.headers["content-encoding"], int(answer.headers["content-length"]) < 45_000) == ("gzip", True)
    plain = await rig.client.get("/docs/reference", headers={"Accept-Encoding": "br, gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.text == page
    markdown = (await rig.client.get("/docs/reference.md")).text
    found = {entry["at"] for entry in (await rig.client.get("/docs/search.json")).json()}
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    shown = operations_of((await rig.client.get("/openapi.json")).json())
    assert len({one.anchor for one in shown}) == len(shown)
    assert {(one.method, one.path) for one in shown} == {
        (method, route.path) for route in routes if route.include_in_schema for method in route.methods or ()
    }
    for one in shown:
        assert re.fullmatch(r"[A-Z][a-z]+,?( [\w',-]+)*", one.title), one.title
        assert not re.search(r" (?!OpenAI|ZIP)[A-Z]", one.title), f"{one.path}: {one.title} is a title, not a sentence"
        assert one.about, one.path
        assert page.count(f'id="{one.anchor}"') == 1
        assert f"### {one.title}\n\n`{one.method} {one.path}`" in markdown
        assert f"/docs/reference#{one.anchor}" in found
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    links = set(re.findall(r'href="(/docs/\w+)#([\w-]+)"', page))
    for target in {target for target, _ in links}:
        text = (await rig.client.get(target)).text
        missing = [part for one, part in links if one == target and f'id="{part}"' not in text]
        assert not missing, (target, missing)


def test_a_route_without_a_summary_is_named_after_its_function() -> None:
    app = FastAPI()

    @app.get("/v2/things")
    async def list_things() -> None: ...

    document = {"paths": {"/v2/things": {"get": {"summary": "List Things"}}}}
    summarize(document, app)
    assert document["paths"]["/v2/things"]["get"]["summary"] == "List things"


def test_every_example_is_what_its_schema_allows(document: dict[str, Any]) -> None:
    shown = {(one.method, one.path): one for one in operations_of(document)}
    checked = 0
    for path, methods in document["paths"].items():
        for method, raw in methods.items():
            operation = shown[(method.upper(), path)]
            for answer in operation.answers:
                schema = raw["responses"][answer.status].get("content", {}).get("application/json", {}).get("schema")
                if schema and answer.text:
                    assert_valid(document, schema, json.loads(answer.text), operation)
                    checked += 1
            if operation.body:
                schema = raw["requestBody"]["content"]["application/json"]["schema"]
                assert_valid(document, schema, json.loads(operation.body), operation)
    assert checked > 25


def assert_valid(document: dict[str, Any], schema: dict[str, Any], value: Any, operation: Operation) -> None:
    whole = {**schema, "components": document["components"]}
    errors = list(jsonschema_rs.Draft202012Validator(whole).iter_errors(value))
    assert not errors, f"{operation.method} {operation.path}: {errors}"


def test_code_and_fields_are_those_of_the_call(document: dict[str, Any]) -> None:
    shown = {(one.method, one.path): one for one in operations_of(document)}
    for operation in shown.values():
        ast.parse(operation.samples["python"])
    fields = [(one.path, field) for one in shown.values() for part in one.parameters for field in part.fields]
    fields += [(one.path, field) for one in shown.values() for answer in one.answers for field in answer.fields]
    unexplained = {(path, field.name) for path, field in fields if not (field.about or field.values or field.rules)}
    assert len(unexplained) < len(fields) / 20, unexplained
    generate = shown[("POST", "/v2/images/generate")]
    body = {field.name: field for field in generate.parameters[-1].fields}
    assert body["model"].values == ["gpt-image-2", "gpt-image-1.5"]
    assert (body["prompt"].required, body["prompt"].rules) == (True, ["1 to 32,000 characters", "not blank"])
    assert (body["quality"].type, body["quality"].default, body["quality"].depth) == ("string", "auto", 1)
    assert {"gptImage2Params", "gptImageParams", "input_fidelity"} <= set(body)
    assert shown[("POST", "/v2/images/estimate")].same_body_as is generate
    assert "X-API-Key: afk_your_api_key_here" in generate.samples["sh"]
    assert "Authorization: Bearer" in shown[("POST", "/v1/images/generations")].samples["sh"]
    assert '-F "file=@portrait.png"' in shown[("POST", "/v2/uploads")].samples["sh"]
    assert [error.status for error in generate.errors] == ["400", "402", "408", "409", "413", "502"]
    assert [one.asks for one in (generate, shown[("DELETE", "/v2/jobs/{id}")])] == ["charge", "lasting"]


def test_a_schema_may_refer_to_itself() -> None:
    node = {"type": "object", "properties": {"inner": {"$ref": "#/components/schemas/Node"}}}
    schemas = Schemas({"components": {"schemas": {"Node": node}}})
    fields = list(schemas.fields({"$ref": "#/components/schemas/Node"}))
    assert {field.name for field in fields} == {"inner"}
    assert max(field.depth for field in fields) < 6


async def test_the_token_of_a_session_is_in_no_page_that_is_kept(rig: Rig) -> None:
    """The page is the same for everybody; its script asks who is signed in."""
    client = rig.client
    assert (await client.get("/studio/session", headers={"X-API-Key": ""})).status_code == 303
    signed_in = await client.post("/studio/signin", data={"key": client.headers["X-API-Key"]}, headers=SAME)
    cookie = {"X-API-Key": "", "Cookie": f"{SESSION_COOKIE}={signed_in.cookies[SESSION_COOKIE]}"}
    answer = await client.get("/studio/session", headers=cookie)
    assert (answer.headers["cache-control"], answer.json()["test"]) == ("private, no-store", False)
    assert "access-control-allow-origin" not in answer.headers
    assert is_csrf_token(answer.json()["csrf"], signed_in.cookies[SESSION_COOKIE])
    page = await client.get("/docs/reference", headers=cookie)
    assert answer.json()["csrf"] not in page.text


SAME = {"Sec-Fetch-Site": "same-origin"}
