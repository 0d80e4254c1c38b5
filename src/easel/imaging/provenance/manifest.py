"""The C2PA manifest of a picture: written and signed here, read back here. The only file that knows the library."""

import functools
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import c2pa  # type: ignore[import-untyped]

from easel import __version__
from easel.domain import RAW_RGBA, Image, Provenance
from easel.imaging.provenance.certificate import Identity

SigningError = c2pa.C2paError

# Without this every manifest carries a thumbnail: hundreds of kilobytes on a picture of one hundred.
_NO_THUMBNAILS = '{"builder":{"thumbnail":{"enabled":false}}}'
_ALGORITHM = b"es256"
_MARKERS = (b"jumb", b"c2pa")


@dataclass(frozen=True, slots=True)
class ManifestContent:
    """What a manifest tells: the actions in order, and the pictures they speak of."""

    actions: Sequence[dict[str, Any]]
    ingredients: Sequence[tuple[dict[str, str], Image]] = ()


def signed(original: Image, story: ManifestContent, signer: Identity) -> bytes:
    """The picture's bytes with a signed manifest; raises SigningError."""
    claim = {
        "claim_generator_info": [{"name": "Easel", "version": __version__}],
        "format": original.media_type,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": list(story.actions)}}],
    }
    info = c2pa.C2paSignerInfo(_ALGORITHM, signer.chain.encode(), signer.key.encode(), None)
    out = io.BytesIO()
    with c2pa.Signer.from_info(info) as key, c2pa.Builder(claim, _context()) as builder:
        for ingredient, one in story.ingredients:
            builder.add_ingredient(ingredient, one.media_type, io.BytesIO(one.data))
        builder.sign(key, original.media_type, io.BytesIO(original.data), out)
    return out.getvalue()


def painted(origin: Provenance, source: str, handed_over: Image | None) -> ManifestContent:
    """The making of a picture. What the provider handed over is part of it when it came with a manifest of its own."""
    kept = handed_over if handed_over and has_manifest(handed_over) else None
    return ManifestContent(tuple(_actions(origin, source, kept)), tuple(_ingredients(origin, kept)))


def converted(original: Image) -> ManifestContent:
    opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["original"]}}
    return ManifestContent((opened, {"action": "c2pa.converted"}), ((_ingredient("original", "parentOf"), original),))


def has_manifest(original: Image) -> bool:
    """Whether these bytes hold a manifest store; looks for its box, and asks no library."""
    return original.media_type != RAW_RGBA and all(mark in original.data for mark in _MARKERS)


def read(data: bytes, media_type: str, trusted: str | None = None) -> dict[str, Any] | None:
    """The manifest store as the library tells it, validated; None when there is none. `trusted` is a root, PEM."""
    context = c2pa.Context(c2pa.Settings.from_json(_trusting(trusted)))
    try:
        with c2pa.Reader(media_type, io.BytesIO(data), context=context) as reader:
            return dict(json.loads(reader.json()))
    except c2pa.C2paError.ManifestNotFound:
        return None


@functools.cache
def _context() -> c2pa.Context:
    return c2pa.Context(c2pa.Settings.from_json(_NO_THUMBNAILS))


def _trusting(root: str | None) -> str:
    return json.dumps({"trust": {"user_anchors": root}} if root else {"verify": {"verify_trust": False}})


def _actions(origin: Provenance, source: str, kept: Image | None) -> Iterator[dict[str, Any]]:
    """What was done, in order. The first action has to be the making or the opening of what was there before."""
    agent = {"softwareAgent": {"name": f"{origin.model} by {origin.provider}" if origin.trained else origin.provider}}
    opened = ["painted"] if kept else ["input-1"] if len(origin.parents) == 1 else []
    if opened:
        yield {"action": "c2pa.opened", "parameters": {"ingredientIds": opened}}
        yield {"action": "c2pa.edited", "digitalSourceType": source} | agent
        return
    yield {"action": "c2pa.created", "digitalSourceType": source} | agent
    for place in range(1, len(origin.parents) + 1):
        yield {"action": "c2pa.placed", "parameters": {"ingredientIds": [f"input-{place}"]}}


def _ingredients(origin: Provenance, kept: Image | None) -> Iterator[tuple[dict[str, str], Image]]:
    """A manifest has one parent; everything else went into the picture as a component."""
    if kept:
        yield _ingredient("painted", "parentOf"), kept
    for place, one in enumerate(origin.parents, 1):
        alone = len(origin.parents) == 1 and not kept
        yield _ingredient(f"input-{place}", "parentOf" if alone else "componentOf"), one


def _ingredient(name: str, relationship: str) -> dict[str, str]:
    return {"title": name, "label": name, "relationship": relationship}
