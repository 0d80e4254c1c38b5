"""Reads the provenance of an image: its statements, its signer, and whether the bytes are unchanged."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from easel.imaging.formats import not_read, sniff
from easel.imaging.provenance import manifest, xmp
from easel.imaging.provenance.certificate import local_root


@dataclass(frozen=True, slots=True)
class Mark:
    """The provenance of a file. `state` is Valid, Trusted, Invalid, or None when it is not signed."""

    source: str | None
    tool: str | None
    state: str | None
    signer: str | None
    actions: tuple[str, ...]
    ingredients: tuple[str, ...]
    problems: tuple[str, ...]


def inspected(data: bytes, folder: Path | None = None) -> Mark:
    """The provenance of these bytes. Signatures of the local pair in `folder` are Trusted; raises ValueError."""
    media_type = sniff(data)
    if media_type is None:
        raise ValueError(not_read(data))
    source, tool = xmp.read(data)
    try:
        store = manifest.read(data, media_type, local_root(folder) if folder else None)
    except manifest.SigningError as error:
        return Mark(source, tool, "Invalid", None, (), (), (str(error),))
    if store is None:
        return Mark(source, tool, None, None, (), (), ())
    active = store["manifests"][store["active_manifest"]]
    return Mark(
        source=source,
        tool=tool,
        state=store.get("validation_state"),
        signer=_signer(active),
        actions=tuple(_actions(active)),
        ingredients=tuple(_ingredient(one) for one in active.get("ingredients", ())),
        problems=tuple(f"{one['code']}: {one.get('explanation', '')}" for one in store.get("validation_status", ())),
    )


def _signer(active: dict[str, Any]) -> str:
    info = active.get("signature_info", {})
    return ", ".join(filter(None, (info.get("common_name"), info.get("issuer"))))


def _actions(active: dict[str, Any]) -> list[str]:
    lines = []
    for assertion in active.get("assertions", ()):
        if assertion["label"].startswith("c2pa.actions"):
            for action in assertion["data"]["actions"]:
                agent = action.get("softwareAgent") or {}
                name = agent.get("name") if isinstance(agent, dict) else agent
                source = str(action.get("digitalSourceType", "")).rsplit("/", 1)[-1]
                lines.append(" · ".join(filter(None, (action["action"], source, name))))
    return lines


def _ingredient(one: dict[str, Any]) -> str:
    signed = "with its own manifest" if one.get("active_manifest") else "unsigned"
    return f"{one.get('title') or 'unnamed'} ({one['relationship']}, {signed})"
