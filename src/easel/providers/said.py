"""What an error says, wherever its writer put it: the sentences, the codes and the status in JSON, text or HTML."""

import contextlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

DEEPEST, MOST = 8, 200  # levels of nesting, and values that are looked at
LONGEST = 2_000  # characters of one sentence
SENTENCES = (
    "message", "msg", "detail", "details", "error_message", "errormessage", "error_description", "description",
    "error", "errors", "err", "reason", "title", "text", "failure_reason", "blockreasonmessage", "finishmessage",
)  # fmt: skip
CODES = (
    "code", "type", "error", "error_code", "errorcode", "error_type", "status", "reason", "name", "title", "detail",
    "finishreason", "finish_reason", "blockreason", "native_finish_reason", "state", "message", "id", "object",
)  # fmt: skip
STATUSES = ("code", "status", "status_code", "statuscode", "http_status", "httpstatus")
PLACES = (
    *SENTENCES, "innererror", "inner_error", "metadata", "raw", "fault", "faults", "response", "cause", "body",
    "result", "reasons", "failure", "promptfeedback", "candidates", "moderation_details", "invalid_fields",
    "non_field_errors", "error_details", "output", "choices", "upstream_error", "provider_error", "exception",
    "problem", "info", "ctx", "base_resp", "status_msg", "generatedimages", "raifilteredreason", "data", "messages",
    "moderation reasons", "fieldviolations", "validation_error", "body_params", "query_params", "form_params", "param",
)  # fmt: skip
# Fields of a request, which an answer may name as the wrong one; those of SETTINGS are about content.
SETTINGS = frozenset((
    "moderation", "nsfw", "safety_checker", "enable_safety_checker", "safety_tolerance", "safety_filter_level",
    "safe_mode",
))  # fmt: skip
FIELDS = SETTINGS | {
    "prompt", "negative_prompt", "size", "width", "height", "quality", "image", "images", "image_url", "image_urls",
    "input_image", "input_images", "mask", "mask_url", "mask_image", "n", "num_images", "number_of_images",
    "background",
    "style", "seed", "user", "safety_identifier", "output_format", "output_compression", "response_format", "format",
    "aspect_ratio", "resolution", "input_fidelity", "partial_images", "stream", "steps", "num_inference_steps",
    "guidance", "guidance_scale", "strength",
}  # fmt: skip
WRONG_VALUES = frozenset(("invalid_value", "invalid_parameter_value", "invalid_enum_value", "unsupported_value"))
# Fields that say by true or false that an image was withheld.
WITHHELD = {"is_image_safe": False, "respect_moderation": False, "nsfw": True, "has_nsfw_concepts": True}
# What stands under these is looked at, and the texts under some of them are sentences.
LOOKED_AT = frozenset((*PLACES, *CODES, *STATUSES, *WITHHELD, "flagged_input"))
SPOKEN = frozenset((*SENTENCES, "reasons", "status_msg", "raifilteredreason", "moderation reasons", ""))
# Keys whose texts are codes even if they have spaces; under others a code is one word.
NAMED = ("code", "type", "status", "reason", "finishreason", "finish_reason", "state", "moderation reasons")
TOLD_IN_HEADERS = ("finish-reason", "x-error-code", "x-amzn-errortype", "x-ms-error-code", "x-fal-error-type")
_CODE, _NAMED = re.compile(r"[\w.:/-]{2,80}"), re.compile(r"[\w.:/ -]{2,60}")
_CAMEL, _NO_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"), re.compile(r"[^a-z0-9]+")
_EMPTY = re.compile(
    r"(provider returned error|unknown error|request contains an invalid argument|an error occurred"
    r"|one or more validation errors occurred)\.?"
)
_QUOTED = re.compile(r"\bprompt:? (['\"`]).*?\1(?!\w)|\binput_value=('.*?'|\".*?\")(?=[,\]\s]|$)")
LONG = 20  # characters of a customer's text that are cut out wherever they stand; fewer are only between quotes
_URL = re.compile(r"https?://[^\s\"'<>)]+")
_TAG, _UNSEEN = re.compile(r"<[^>]*>"), re.compile(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->")
_TITLE = re.compile(r"(?is)<title[^>]*>(.*?)</title>")
_SPACE, _DATA = re.compile(r"\s+"), re.compile(r"(?m)^data: ?(\{.*)$")


@dataclass(frozen=True, slots=True)
class Said:
    """The sentences in their order, the codes in_lower_case, and a status of its own that is an error's."""

    sentences: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    status: int | None = None
    is_json: bool = True
    is_html: bool = False
    field: str = ""

    @property
    def about_a_field(self) -> bool:
        """Whether it names what is wrong in the request, which is not the model."""
        return self.field in FIELDS or (self.field != "model" and not WRONG_VALUES.isdisjoint(self.codes))

    def without(self, texts: Iterable[str]) -> "Said":
        """The same without what a customer wrote, which it may repeat, shortened too."""
        sentences = [one.lower() for one in self.sentences]
        for text in filter(None, map(_plain, texts)):
            sentences = [_cut(one, text) for one in sentences]
        return replace(self, sentences=tuple(_QUOTED.sub(" ", one) for one in sentences))

    @property
    def reason(self) -> str:
        """Its first sentence; else the longest of its codes."""
        spoken = [one for one in self.sentences if " " in one and not _EMPTY.fullmatch(one.lower())]
        spoken = spoken or list(self.sentences)
        return (spoken or sorted(self.codes, key=len, reverse=True) or [""])[0]

    @property
    def words(self) -> str:
        """All sentences in one, in lower case and without addresses, to search in."""
        return _URL.sub("url:", " \n".join(self.sentences).lower().replace("’", "'"))


def said_in(body: Any, headers: Mapping[str, str] | None = None) -> Said:
    """What is said in a body, parsed JSON or text, and in the headers that name an error. Never raises."""
    said = _said_in_text(body) if isinstance(body, str) else _said_in_json(body)
    named = [value for name, value in (headers or {}).items() if name.lower() in TOLD_IN_HEADERS]
    return replace(said, codes=(*said.codes, *map(_coded, named))) if named else said


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().lower()


def _cut(sentence: str, text: str) -> str:
    if len(text) < LONG:
        return re.sub(rf"(['\"`]){re.escape(text)}\1", " ", sentence)
    while (at := sentence.find(text[:LONG])) >= 0:
        end = at + next((i for i, (a, b) in enumerate(zip(sentence[at:], text, strict=False)) if a != b), len(text))
        sentence = f"{sentence[:at]} {sentence[end:]}"
    return sentence


def _said_in_json(body: Any) -> Said:
    sentences: dict[str, None] = {}
    codes: dict[str, None] = {}
    statuses: list[int] = []
    fields: list[str] = []
    for at, (key, value) in enumerate(_values(body, "", 0)):
        if at >= MOST:
            break
        if (key == "flagged_input" and value) or (WITHHELD.get(key) is value and value is not None):
            codes["moderated"] = None
        elif isinstance(value, str) and key == "param":
            fields.append(re.split(r"[.\[]", value.strip().lower())[0])
        elif isinstance(value, str):
            plain = _SPACE.sub(" ", value[:LONGEST]).strip()
            if key in CODES and (_NAMED if key in NAMED else _CODE).fullmatch(plain):
                codes[_coded(plain)] = None
            if key in SPOKEN and plain:
                sentences[plain] = None
            if key in STATUSES and plain.isascii() and plain.isdigit():
                statuses.append(int(plain[:4]))
        elif key in STATUSES and isinstance(value, int) and not isinstance(value, bool):
            statuses.append(value)
    status = next((one for one in statuses if 400 <= one <= 599), None)
    spoken = [one for one in sentences if _coded(one) not in codes] or list(sentences)
    return Said(tuple(spoken), tuple(codes), status, field=next(filter(None, fields), ""))


def _coded(text: str) -> str:
    """ModelNotOpen, Model.NotOpen and `model not open` as model_not_open."""
    return _NO_WORD.sub("_", _CAMEL.sub("_", text).lower()).strip("_")


def _said_in_text(text: str) -> Said:
    text = text[: 20 * LONGEST].strip()
    with contextlib.suppress(ValueError, RecursionError):
        if text[:1] in ("{", "["):
            return _said_in_json(json.loads(text))
        if text.startswith(("data:", "event:", ":")):
            return _said_in_json([json.loads(one) for one in _DATA.findall(text)[:MOST]])
    if not re.match(r"(?is)<(!doctype|html|head|body|h1|center|\?xml)", text):
        return Said((_SPACE.sub(" ", text[:LONGEST]),) if text else (), is_json=False)
    title = _TITLE.search(text)
    page = _TAG.sub(" ", _UNSEEN.sub(" ", text))
    parts = [_SPACE.sub(" ", html.unescape(part)).strip() for part in (title[1] if title else "", page)]
    return Said(tuple(part[:LONGEST] for part in parts if part), is_json=False, is_html=True)


def _values(value: Any, key: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Every value that may say something, with the name it stands under; what is said outside comes first."""
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        if located := _located(value):
            yield from located
            return
        yield from _by_field(value, key)
        named = [(str(name).lower(), one) for name, one in value.items()]
        ranked = sorted(named, key=lambda item: _rank(item[0], item[1]))
        for name, one in ranked:
            if name in LOOKED_AT:
                yield from _values(one, name, depth + 1)
    elif isinstance(value, list):
        for one in value[:20]:
            yield from _values(one, key, depth + 1)
    elif isinstance(value, str) and key in ("raw", "message", "detail", "body", "error") and value[:1] in ("{", "["):
        try:
            yield from _values(json.loads(value), key, depth + 1)
        except (ValueError, RecursionError):
            yield key, value
    else:
        yield key, value


def _rank(name: str, value: Any) -> tuple[bool, int]:
    return isinstance(value, (Mapping, list)), SENTENCES.index(name) if name in SENTENCES else len(SENTENCES)


def _located(value: Mapping[str, Any]) -> list[tuple[str, Any]] | None:
    """An item of a list of faults: FastAPI's `loc`, `msg` and `type`, or Google's `field` and `description`.

    The field stands before the sentence.
    """
    where, what = value.get("loc"), value.get("msg")
    if isinstance(value.get("field"), str) and isinstance(value.get("description"), str):
        where, what = [value["field"]], value["description"]
    if not isinstance(where, list) or not isinstance(what, str):
        return None
    names = [str(one) for one in where if one != "body"]
    said = [("type", value.get("type")), ("msg", f"{'.'.join(names)}: {what}" if names else what)]
    return [*said, ("param", names[0])] if names else said


def _by_field(value: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    """Faults under the names of their fields: {"size": ["must be ..."]}, as Django, Rails and ASP.NET say it."""
    for name, one in value.items():
        field = str(name)
        is_field = field.lower() in FIELDS and (key == "detail" or isinstance(one, list))
        if not is_field and (key != "errors" or field.lower() in LOOKED_AT):
            continue
        for what in one[:20] if isinstance(one, list) else [one]:
            text = (what.get("message") or what.get("msg")) if isinstance(what, Mapping) else what
            if isinstance(text, str) and " " in text.strip():
                yield "msg", f"{field}: {text}"
                yield "param", field
