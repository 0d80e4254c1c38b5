"""The base of the settings classes, what every value goes through, and what is said about a wrong one.

The sentence below a field is its description, as in `easel settings`.
"""

import ast
import inspect
import ipaddress
import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict

from easel.kit.words import listed, nearest

# Around a value they are accidents of copying and of files from Windows: blanks, line ends, marks that nobody sees.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
PADDING = (
    "".join(map(chr, (*range(33), 0x85, 0xA0, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x3000))) + INVISIBLE
)
STRAIGHT = "\"'"
TYPOGRAPHIC = "“”„‟‘’‚‛«»‹›＂＇`´"
LONGEST_SHOWN = 60
LARGEST_FILE = 1_000_000  # characters that are read of a file with a key
_NAME = re.compile(r"[A-Za-z0-9._-]{1,253}")
_ASSIGNED = re.compile(r"[A-Z][A-Z0-9_]+=")
_UNREPLACED = re.compile(r"\$\w+|\$?\{+ ?\$?\w+ ?\}+")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*")
# Ends of names that no public server has.
INNER = (".localhost", ".local", ".internal", ".svc", ".lan", ".home", ".home.arpa", ".intranet", ".corp")


class SettingsModel(BaseModel):
    """The base of the settings classes of the packages. Of them all, only the composed one is ever validated."""

    model_config = ConfigDict(defer_build=True)


def sentences(model: type[BaseModel]) -> dict[str, str]:
    """The sentence below each field of a class and its bases. From the source: only who lists settings waits for it."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, SettingsModel):
            found |= _sentences_in(base)
    return found


def _sentences_in(model: type) -> dict[str, str]:
    lines = [line for one in ast.parse(inspect.getsource(model)).body for line in getattr(one, "body", ())]
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(lines)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


class WrongSettings(Exception):
    """Settings with which nothing can start: one sentence for each fault, which names the setting as it was written."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def words(value: Any) -> Any:
    """A setting that is a list, or one text with commas."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def pairs(value: Any) -> Any:
    """A setting that is a table, or one text such as a=b,c=d."""
    if not isinstance(value, str):
        return value
    parts = [item.partition("=") for item in words(value)]
    if not all(separator for _, separator, _ in parts):
        raise ValueError("it has items such as gpt-image-2=their-name, with commas between them")
    return {name.strip(): theirs.strip() for name, _, theirs in parts}


Words = Annotated[Sequence[str], BeforeValidator(words)]


def tidied(value: Any) -> Any:
    """A text without padding around it, and without the straight quotes that some readers of env files keep."""
    if isinstance(value, list):
        return [tidied(item) for item in value]
    if isinstance(value, Mapping):
        return {name: tidied(item) for name, item in value.items()}
    if not isinstance(value, str):
        return value
    value = value.strip(PADDING)
    if len(value) > 1 and value[0] == value[-1] and value[0] in STRAIGHT:
        value = value[1:-1].strip(PADDING)
    return value


def require_plain(value: str, *, secret: bool = False) -> None:
    """Raises ValueError for typographic quotes around a text, and for control characters in it."""
    if value and (value[0] in TYPOGRAPHIC or value[-1] in TYPOGRAPHIC):
        plain = value.strip(TYPOGRAPHIC + STRAIGHT + PADDING)
        instead = "" if secret else f": write {plain}"
        mark = value[0] if value[0] in TYPOGRAPHIC else value[-1]
        raise ValueError(f"has typographic quotes ({mark}) around it{instead}")
    for character in value:
        if unicodedata.category(character) == "Cs":
            raise ValueError("has bytes that are not UTF-8")
        if unicodedata.category(character) == "Cc":
            raise ValueError(f"contains a line break or another control character (U+{ord(character):04X})")


def require_key(value: str) -> None:
    """Raises ValueError for what cannot be a key: they are sent as headers, which are printable ASCII."""
    require_plain(value, secret=True)
    if value and (value[0] in STRAIGHT or value[-1] in STRAIGHT):
        raise ValueError("has a quote at one end only")
    if assigned := _ASSIGNED.match(value):
        raise ValueError(f"repeats a name: write what follows {assigned[0]}")
    if _UNREPLACED.fullmatch(value):
        raise ValueError("is the name of a variable that nothing has replaced by its value")
    for position, character in enumerate(value, start=1):
        if not "!" <= character <= "~":
            name = "a blank" if character == " " else unicodedata.name(character, "an odd character").lower()
            raise ValueError(f"contains {name} (U+{ord(character):04X}) as character {position}: copy the key again")


def read_key(file: Path) -> str:
    """The key in a file; raises ValueError with a sentence for people."""
    key: str = tidied(_read(file))
    if not key:
        raise ValueError(f"names the file {file}, which is empty")
    try:
        require_key(key)
    except ValueError as error:
        raise ValueError(f"names the file {file}; its key {error}") from error
    return key


def _read(file: Path) -> str:
    try:
        if not (file.is_file() or file.is_dir()) and file.exists():
            raise ValueError(f"names {file}, which is no ordinary file")
        with file.open(encoding="utf-8") as opened:
            return opened.read(LARGEST_FILE)
    except FileNotFoundError as error:
        raise ValueError(f"names the file {file}, which does not exist") from error
    except IsADirectoryError as error:
        raise ValueError(f"names {file}, which is a folder") from error
    except OSError as error:
        raise ValueError(f"names a file that cannot be read. {explained(error, file)}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"names the file {file}, which is not UTF-8 text") from error


def require_readable(file: Path) -> None:
    """Raises ValueError with a sentence for people."""
    if not _read(file).strip():
        raise ValueError(f"names the file {file}, which is empty")


def require_address(url: str) -> None:
    """Raises ValueError for what looks like an http(s) address and is none."""
    if any(character.isspace() for character in url):
        raise ValueError(f"contains a blank: {_shown(url)}")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is not a valid address: {str(error).lower()}") from error
    if not host or not is_host(host) or port == 0:
        raise ValueError("is not a valid address: it is http:// or https://, a host such as example.com, and a port")


def is_host(name: str) -> bool:
    """Whether it is a name, or an IP address without brackets."""
    if ":" not in name:
        return _NAME.fullmatch(name) is not None
    try:
        return ipaddress.ip_address(name).version == 6
    except ValueError:
        return False


def is_inner(host: str) -> bool:
    """Whether a host is certainly not on the public internet: a name without a dot, a private address."""
    host = host.removesuffix(".").lower()
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(INNER)


def require_host(name: str) -> None:
    """Raises ValueError for what is no host name and no IP address."""
    if not is_host(name):
        bare = name.rpartition("://")[2].partition("/")[0].rpartition("@")[2].strip()
        bare = bare[1:].partition("]")[0] if bare.startswith("[") else bare.partition(":")[0]
        instead = f". Write {bare}" if is_host(bare) else ""
        raise ValueError(f"must be a host name or an IP address alone, not {_shown(name)}{instead}")


def explained(error: OSError, path: object = None) -> str:
    """What the system refuses, as one line: the path, the reason, and who asked."""
    path = path or error.filename
    reason = (
        "A file is in the place of a folder" if isinstance(error, FileExistsError) else error.strerror or str(error)
    )
    where = f"{path}: {reason}." if path else f"{reason}."
    if not isinstance(error, PermissionError) or not path:
        return where
    owner = _owner(Path(str(path)))
    return f"{where} This process runs as user {os.geteuid()}{owner}."


def _owner(path: Path) -> str:
    for one in (path, *path.absolute().parents):
        try:
            return f"; {one} belongs to user {one.stat().st_uid}"
        except OSError:
            continue
    return ""


def read_toml(file: Path) -> dict[str, Any]:
    """The content of a settings file; nothing when there is none. Raises WrongSettings."""
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise WrongSettings([f"{file} is not valid TOML: {str(error)[:1].lower()}{str(error)[1:]}."]) from error
    except UnicodeDecodeError as error:
        raise WrongSettings([f"{file} is not UTF-8 text: byte {error.start}. Save it as UTF-8."]) from error
    except OSError as error:
        raise WrongSettings([f"The settings file cannot be read. {explained(error, file)}"]) from error


def joined(faults: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """One fault for each value: of a word that is in neither of two lists, Pydantic says so twice."""
    by_value: dict[tuple[Any, ...], dict[str, Any]] = {}
    for fault in faults:
        place = next((at for at, part in enumerate(fault["loc"]) if str(part).startswith("literal[")), None)
        first = by_value.setdefault(fault["loc"][:place], fault)
        if first is not fault and first["type"] == fault["type"] == "literal_error":
            first["ctx"] = {"expected": f"{first['ctx']['expected']}, {fault['ctx']['expected']}"}
    return list(by_value.values())


def sentence_of(fault: Mapping[str, Any], default: Any = None, *, secret: bool = False) -> str:
    """One of Pydantic's errors as a sentence, with the nearest legal value where there is one."""
    value, limits, kind = fault.get("input"), fault.get("ctx", {}), fault["type"]
    instead = "" if secret or isinstance(value, Mapping) else f", not {_shown(value)}"
    rule = _RULES.get(kind)
    if rule:
        return f"must be {rule(value, limits, default)}{instead}."
    if kind == "string_pattern_mismatch":
        return f"must be {_form(limits['pattern'])}{instead}.{'' if secret else _near(limits['pattern'], value)}"
    if kind == "literal_error":
        legal = re.findall(r"'([^']*)'", limits["expected"])
        near = nearest(value, legal) if isinstance(value, str) else None
        return f"must be {listed(legal)}{instead}.{f' Did you mean {near}?' if near else ''}"
    text = str(fault["msg"]).removeprefix("Value error, ").removesuffix(".")
    return text + ("." if text[-1:] not in "?!" else "")


def _whole(value: Any, _: Any, default: Any) -> str:
    found = _NUMBER.search(str(value))
    example = found[0].replace(",", "").partition(".")[0] if found and isinstance(value, str | float) else default
    return "a whole number" + (f" such as {example}" if isinstance(example, str | int) else "")


def _real(_: Any, __: Any, default: Any) -> str:
    return "a number" + (f" such as {default:g}" if isinstance(default, int | float) else "")


_RULES: Mapping[str, Callable[[Any, Mapping[str, Any], Any], str]] = {
    "int_parsing": _whole,
    "int_type": _whole,
    "int_from_float": _whole,
    "int_parsing_size": _whole,
    "float_parsing": _real,
    "float_type": _real,
    "finite_number": _real,
    "bool_parsing": lambda *_: "true or false",
    "bool_type": lambda *_: "true or false",
    "string_type": lambda *_: "a text",
    "path_type": lambda *_: "a path",
    "sequence_type": lambda *_: "a list, or a text with commas",
    "tuple_type": lambda *_: "a list, or a text with commas",
    "is_instance_of": lambda *_: "a list, or a text with commas",
    "dict_type": lambda *_: "a table, or a text such as a=b,c=d",
    "mapping_type": lambda *_: "a table, or a text such as a=b,c=d",
    "greater_than_equal": lambda _, limits, __: f"at least {limits['ge']:g}",
    "greater_than": lambda _, limits, __: f"more than {limits['gt']:g}",
    "less_than_equal": lambda _, limits, __: f"at most {limits['le']:,}",
    "less_than": lambda _, limits, __: f"less than {limits['lt']:,}",
    "too_short": lambda _, limits, __: f"at least {limits['min_length']} characters long",
    "string_too_short": lambda _, limits, __: f"at least {limits['min_length']} characters long",
}


def _form(pattern: str) -> str:
    if pattern.startswith("^s3"):
        return "s3://bucket or s3://bucket/folder"
    return "an address that begins with http:// or https://" + (" and has no path" if pattern.endswith("+$") else "")


def _near(pattern: str, value: Any) -> str:
    if not isinstance(value, str):
        return ""
    bare = re.sub(r"^[a-z0-9]*:/+", "", value, flags=re.IGNORECASE).strip("/ ")
    schemes = (
        ("s3",) if pattern.startswith("^s3") else ("http", "https") if value.lower().startswith("http:") else ("https",)
    )
    tries = [f"{scheme}://{rest}" for scheme in schemes for rest in (bare, bare.partition("/")[0])]
    near = next((one for one in tries if " " not in one and re.search(pattern, one)), None)
    return f" Did you mean {near}?" if near else ""


def _shown(value: Any) -> str:
    """A value within a sentence. A password in an address is not shown."""
    text = re.sub(r"//[^/@]*@", "//…@", str(value))
    return f"'{text[:LONGEST_SHOWN]}{'…' if len(text) > LONGEST_SHOWN else ''}'"
