"""From a request's JSON to a plan: checked against the model's card, defaults filled in, priced.

Collects every problem, so that a caller can fix a request at once. Knows nothing of teams or balances.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from easel.catalog import Catalog
from easel.catalog.card import Card, Choice, Images, Integer, OneImage, Parameter, Text
from easel.domain import Plan
from easel.kit.inline import is_data_url, is_inline, tidied
from easel.kit.problems import Problems
from easel.kit.words import SOME_TEXT, listed, nearest

ENVELOPE = ("model", "prompt", "variation", "webhookUrl", "webhookEvents")
VARIATION = Integer(
    kind="integer",
    minimum=0,
    maximum=1_000_000,
    default=0,
    sentence="Another number gives other images of the same request from sketch, which is otherwise repeatable. "
    "Other providers ignore it. Easel's own extension.",
)
LOOKED_AT = 100_000  # maximum prompt length while the model is unknown
SHOWN = 60  # characters of a wrong value that an error quotes
LONGEST_ADDRESS = 8192  # characters
# What an image may be sent as: an address of at most so many characters, a data: URL or its bytes in base64.
# Means the same in Python and in JSON Schema: no \s, and no newline after $.
AROUND = r"[\u0000-\u0020\u00a0\u200b\u2060\ufeff\"']*"  # what is taken off, see `kit.inline.tidied`
IMAGE_ADDRESS = (
    rf"^{AROUND}("
    r"[Hh][Tt][Tt][Pp][Ss]?://[^\u0000-\u0020/?#\u00a0\u200b\u2060\ufeff\"'][^\u0000-\u0020]*"
    rf"|[A-Za-z0-9+/_-][A-Za-z0-9+/=_\u0009\u000a\u000d\u0020-]{{31,}}){AROUND}$(?!\n)"
    rf"|^{AROUND}([Dd][Aa][Tt][Aa]:[^,]*|([Ii][Mm][Aa][Gg][Ee]/[A-Za-z0-9.+-]{{1,40}})?;?[Bb][Aa][Ss][Ee]64),"
    r"[\u0000-\u0020\u00a0\u200b\u2060\ufeff\"]*[^\u0000-\u0020\u00a0\u200b\u2060\ufeff\"]"
)
AN_IMAGE = "an http(s) URL, a data: URL or an image in base64"
UPLOAD_IT = "Upload the image instead: POST /v2/uploads gives its address here."
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")


def usual_form(body: Any, catalog: Catalog) -> Any:
    """The same request as it is usually written: nothing is null, one image is a list, addresses are tidied."""
    if not isinstance(body, Mapping):
        return body
    usual = _usual_fields(body, ["webhookEvents"])
    for card in catalog:
        if isinstance(params := usual.get(card.params_object), Mapping):
            lists = [name for name, one in card.parameters.items() if isinstance(one, Images)]
            usual[card.params_object] = {
                name: _tidied(value) if isinstance(card.parameters.get(name), Images | OneImage) else value
                for name, value in _usual_fields(params, lists).items()
            }
    return usual


def _usual_fields(fields: Mapping[str, Any], lists: Sequence[str]) -> dict[str, Any]:
    return {
        name: [value] if name in lists and isinstance(value, str) else value
        for name, value in fields.items()
        if value is not None
    }


def _tidied(value: Any) -> Any:
    if isinstance(value, list):
        return [_tidied(one) if isinstance(one, str) else one for one in value]
    return tidied(value) if isinstance(value, str) else value


def plan(body: Any, catalog: Catalog, problems: Problems) -> Plan | None:
    """The plan of one request body; None when `problems` has grown."""
    if not isinstance(body, Mapping):
        problems.add("body", "The body must be a JSON object.")
        return None
    card = _find_card(body, catalog, problems)
    _check_prompt(body, card, problems)
    if card is None:
        return None
    _check_envelope(body, card, catalog, problems)
    variation = body.get("variation")
    _check_value(0 if variation is None else variation, VARIATION, "variation", problems)
    params = _check_params(body, card, problems)
    if problems:
        return None
    return Plan(
        model=card.id,
        prompt=body["prompt"],
        params=params,
        size=card.size(params["aspect_ratio"]),
        count=params["number_of_images"],
        credits_each=card.credits[params["quality"]],
        credits_per_partial=card.credits_per_partial,
    )


def _find_card(body: Mapping[str, Any], catalog: Catalog, problems: Problems) -> Card | None:
    model = body.get("model")
    if not isinstance(model, str):
        problems.add("model", f"model is required and must be {listed(catalog.ids)}.")
        return None
    card = catalog.get(model)
    if card is None:
        problems.add("model", f"model {_shown(model)} is unknown. {_legal(model, catalog.ids)}")
    return card


def _check_prompt(body: Mapping[str, Any], card: Card | None, problems: Problems) -> None:
    prompt = body.get("prompt")
    if not isinstance(prompt, str):
        problems.add("prompt", "prompt is required and must be a string.")
    elif card is not None and len(prompt) > card.prompt_max:
        problems.add(
            "prompt", f"prompt has {len(prompt):,} characters; the maximum of {card.id} is {card.prompt_max:,}."
        )
    elif not re.search(SOME_TEXT, prompt[:LOOKED_AT]):
        problems.add("prompt", "prompt is empty. Describe the image you want.")


def _check_envelope(body: Mapping[str, Any], card: Card, catalog: Catalog, problems: Problems) -> None:
    known = (*ENVELOPE, card.params_object)
    others = {other.params_object: other.id for other in catalog if other is not card}
    for field in body:
        if problems.full:
            return
        if field in others:
            problems.add(
                field, f"{field} belongs to {others[field]}. Parameters of {card.id} go inside {card.params_object}."
            )
        elif field in card.not_here:
            problems.add(field, card.not_here[field])
        elif field in card.parameters:
            problems.add(field, f"{field} goes inside {card.params_object}.")
        elif field not in known:
            problems.add(field, f"{_shown(field)} is not a field of this request. {_legal(field, known)}")


def _check_params(body: Mapping[str, Any], card: Card, problems: Problems) -> dict[str, Any]:
    params = body.get(card.params_object, {})
    if not isinstance(params, Mapping):
        problems.add(card.params_object, f"{card.params_object} must be an object.")
        return {}
    for field in params:
        if field not in card.parameters and not problems.full:
            unknown = f"{_shown(field)} is not a parameter of {card.id}. {_legal(field, list(card.parameters))}"
            beside = f"{field} goes beside model and prompt, outside {card.params_object}."
            sentence = card.not_here.get(field) or (beside if field in ENVELOPE else unknown)
            problems.add(f"{card.params_object}.{field}", sentence)
    checked = {
        name: _check_value(params.get(name, parameter.default), parameter, f"{card.params_object}.{name}", problems)
        for name, parameter in card.parameters.items()
    }
    for rule in card.rules_for(checked):
        if checked[rule.parameter] not in rule.values:
            problems.add(f"{card.params_object}.{rule.parameter}", rule.sentence)
    for name, parameter in card.parameters.items():
        if isinstance(parameter, OneImage) and checked[name] and not params.get(parameter.beside):
            path, beside = f"{card.params_object}.{name}", f"{card.params_object}.{parameter.beside}"
            problems.add(path, f"{path} needs {beside}: it belongs to the first of them. Add an image, or omit {name}.")
    return checked


def _check_value(value: Any, parameter: Parameter, path: str, problems: Problems) -> Any:
    match parameter:
        case Choice():
            return _check_choice(value, parameter, path, problems)
        case Integer():
            return _check_integer(value, parameter, path, problems)
        case Images():
            return _check_images(value, parameter, path, problems)
        case OneImage():
            return None if value is None else _check_address(value, path, problems)
        case Text():
            return _check_text(value, parameter, path, problems)


def _check_choice(value: Any, choice: Choice, path: str, problems: Problems) -> Any:
    if value in choice.values if isinstance(value, str) else False:
        return value
    refusal = choice.refusals.get(value.lower()) if isinstance(value, str) and len(value) <= SHOWN else None
    if refusal:
        problems.add(path, refusal)
    else:
        problems.add(path, f"{path} must be {listed(choice.values)}, not {_shown(value)}.{_nearest(value, choice)}")
    return value


def _nearest(value: Any, choice: Choice) -> str:
    near = nearest(value, choice.values) if isinstance(value, str) else None
    return f" Did you mean {near}?" if near else f" The default is {choice.default}."


def _check_integer(value: Any, integer: Integer, path: str, problems: Problems) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        legal = f"a whole number from {integer.minimum} to {integer.maximum}"
        problems.add(path, f"{path} must be {legal}, not {_shown(value)}. The default is {integer.default}.")
    elif not integer.minimum <= value <= integer.maximum:
        near = min(max(value, integer.minimum), integer.maximum)
        problems.add(path, f"{path} must be from {integer.minimum} to {integer.maximum}; the nearest is {near}.")
    return value


def _check_images(value: Any, images: Images, path: str, problems: Problems) -> Any:
    if value is None:
        return None
    if not isinstance(value, list):
        problems.add(path, f"{path} must be a list of image addresses, one address, or null.")
        return None
    if len(value) > images.maximum:
        problems.add(path, f"{path} can have at most {images.maximum} images, not {len(value)}.")
    for index, address in enumerate(value[: images.maximum]):
        _check_address(address, f"{path}[{index}]", problems)
    return value or None


def _check_address(value: Any, path: str, problems: Problems) -> Any:
    if wrong := _wrong_with_address(value):
        problems.add(path, f"{path} {wrong}")
    return value


def _wrong_with_address(value: Any) -> str | None:
    """What is wrong with the address of an image, as far as it can be seen without looking anything up."""
    if not isinstance(value, str):
        return f"must be {AN_IMAGE}, not {_shown(value)}."
    if not value:
        return f"is empty. It must be {AN_IMAGE}."
    if is_data_url(value):
        if re.search(IMAGE_ADDRESS, value):
            return None
        return f"is a data: URL without an image: it must be data:image/png;base64,… and not {_shown(value)}."
    if value[:7].lower() == "http://" or value[:8].lower() == "https://":
        return _wrong_with_url(value)
    if is_inline(value):
        return None
    found = _SCHEME.match(value)
    if found and found[1].lower() in ("http", "https"):
        return f"must begin with {found[1].lower()}://, not {_shown(value)}."
    if found:
        sentence = f"has the scheme {found[1]}, which is not read. It must be {AN_IMAGE}."
        return f"{sentence} {UPLOAD_IT}" if found[1].lower() in ("file", "blob", "ftp") else sentence
    return f"must be {AN_IMAGE}, not {_shown(value)}."


def _wrong_with_url(url: str) -> str | None:
    if len(url) > LONGEST_ADDRESS:
        return f"has {len(url):,} characters; the maximum of an address is {LONGEST_ADDRESS:,}. {UPLOAD_IT}"
    if space := re.search(r"[\u0000-\u0020]", url):
        code = ord(space[0])
        return f"has a space or a control character at position {space.start() + 1}. Write %{code:02X}, or remove it."
    if not re.search(IMAGE_ADDRESS, url):
        return f"has no host: {_shown(url)}."
    return None


def _check_text(value: Any, text: Text, path: str, problems: Problems) -> Any:
    if value is None:
        return None
    if not isinstance(value, str):
        problems.add(path, f"{path} must be a string, or null.")
    elif len(value) > text.maximum:
        problems.add(path, f"{path} has {len(value):,} characters; the maximum is {text.maximum}.")
    return value or None


def _legal(word: str, known: "list[str] | tuple[str, ...]") -> str:
    near = nearest(word, known)
    return f"Did you mean {near}?" if near else f"Known: {listed(known, 'and')}."


def _shown(value: Any) -> str:
    """The start of a value, no longer than it is shown: the value may have 60 MB."""
    text = ""
    for piece in json.JSONEncoder(ensure_ascii=False).iterencode(value[:60] if isinstance(value, str) else value):
        text += piece
        if len(text) > 60:
            break
    return text if len(text) <= 60 else text[:57] + "…"
