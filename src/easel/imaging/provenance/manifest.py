"""The C2PA manifest of an image: written, signed and read here, with the library."""

import functools
import hashlib
import io
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import c2pa  # type: ignore[import-untyped]

from easel import __version__, domain
from easel.domain import Image, Provenance
from easel.imaging.provenance import native
from easel.imaging.provenance.certificate import Identity
from easel.imaging.provenance.place import PNG_CHUNK, Parts, block, grown, padding
from easel.imaging.provenance.xmp import png_chunks

SigningError = c2pa.C2paError

# Otherwise every manifest contains a thumbnail: hundreds of kilobytes on an image of one hundred. Each would also be
# read and verified again after it was signed; tests do that.
_SETTINGS = '{"builder":{"thumbnail":{"enabled":false}},"verify":{"verify_after_sign":false}}'
_ALGORITHM = b"es256"
_MARKERS = (b"jumb", b"c2pa")


@dataclass(frozen=True, slots=True)
class ManifestContent:
    """The content of a manifest: the actions in order, and the images they refer to."""

    actions: Sequence[dict[str, Any]]
    ingredients: Sequence[tuple[dict[str, str], Image]] = ()


def signed(original: Parts, media_type: str, story: ManifestContent, signer: Identity) -> bytes:
    """The file with a signed manifest; raises SigningError."""
    claim = {
        "claim_generator_info": [{"name": "Easel", "version": __version__}],
        "format": media_type,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": list(story.actions)}}],
    }
    with c2pa.Builder(claim, _context()) as builder:
        for ingredient, one in story.ingredients:
            builder.add_ingredient(ingredient, one.media_type, io.BytesIO(one.data))
        return _with_manifest(original, media_type, builder, _of_thread.signer_of(signer))


def _with_manifest(original: Parts, media_type: str, builder: c2pa.Builder, signer: c2pa.Signer) -> bytes:
    """The file with its manifest in place. It is signed over the hash of all other bytes, which know its length."""
    kind = "application/c2pa" if media_type == "image/webp" else media_type  # the library has no block of a WebP
    length = len(block(native.placeholder(builder, signer, kind), media_type))
    after = (padding(length, media_type), *original.after)
    before = grown(original.before, media_type, length + sum(map(len, after)))
    digest = hashlib.sha256(before)
    for part in after:
        digest.update(part)
    made = native.manifest(builder, signer, kind, at=len(before), length=length, digest=digest.digest())
    return b"".join((before, block(made, media_type), *after))


def generated(origin: Provenance, source: str, result: Image | None) -> ManifestContent:
    """The creation of an image. The provider's result is an ingredient when it has a manifest of its own."""
    kept = result if result and has_manifest(result) else None
    return ManifestContent(tuple(_actions(origin, source, kept)), tuple(_ingredients(origin, kept)))


def converted(original: Image) -> ManifestContent:
    opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["original"]}}
    return ManifestContent((opened, {"action": "c2pa.converted"}), ((_ingredient("original", "parentOf"), original),))


def has_manifest(original: Image) -> bool:
    """Whether these bytes contain a manifest store; searches for its box, without the library."""
    match original.media_type:
        case domain.RAW_RGBA:
            return False
        case "image/png":  # the others are small
            places = [original.data[at:end] for kind, at, end in png_chunks(original.data) if kind == PNG_CHUNK]
        case _:
            places = [original.data]
    return any(all(mark in place for mark in _MARKERS) for place in places)


def read(data: bytes, media_type: str, trusted: str | None = None) -> dict[str, Any] | None:
    """The validated manifest store as the library reports it; None when there is none. `trusted` is a root, PEM."""
    context = c2pa.Context(c2pa.Settings.from_json(_trusting(trusted)))
    try:
        with c2pa.Reader(media_type, io.BytesIO(data), context=context) as reader:
            return dict(json.loads(reader.json()))
    except c2pa.C2paError.ManifestNotFound:
        return None


class _OfThread(threading.local):
    """What a thread signs with. The library parses a certificate anew for each signer, and none may be shared."""

    def __init__(self) -> None:
        self._signers: dict[Identity, c2pa.Signer] = {}

    def signer_of(self, identity: Identity) -> c2pa.Signer:
        if identity not in self._signers:
            info = c2pa.C2paSignerInfo(_ALGORITHM, identity.chain.encode(), identity.key.encode(), None)
            self._signers = {identity: c2pa.Signer.from_info(info)}
        return self._signers[identity]


_of_thread = _OfThread()


@functools.cache
def _context() -> c2pa.Context:
    return c2pa.Context(c2pa.Settings.from_json(_SETTINGS))


def _trusting(root: str | None) -> str:
    return json.dumps({"trust": {"user_anchors": root}} if root else {"verify": {"verify_trust": False}})


def _actions(origin: Provenance, source: str, kept: Image | None) -> Iterator[dict[str, Any]]:
    """The actions, in order. The first must be the creation or the opening of what existed before."""
    agent = {"softwareAgent": {"name": f"{origin.model} by {origin.provider}" if origin.trained else origin.provider}}
    opened = ["generated"] if kept else ["input-1"] if len(origin.parents) == 1 else []
    if opened:
        yield {"action": "c2pa.opened", "parameters": {"ingredientIds": opened}}
        yield {"action": "c2pa.edited", "digitalSourceType": source} | agent
        return
    yield {"action": "c2pa.created", "digitalSourceType": source} | agent
    for place in range(1, len(origin.parents) + 1):
        yield {"action": "c2pa.placed", "parameters": {"ingredientIds": [f"input-{place}"]}}


def _ingredients(origin: Provenance, kept: Image | None) -> Iterator[tuple[dict[str, str], Image]]:
    """A manifest has one parent; all others are components of the image."""
    if kept:
        yield _ingredient("generated", "parentOf"), kept
    for place, one in enumerate(origin.parents, 1):
        alone = len(origin.parents) == 1 and not kept
        yield _ingredient(f"input-{place}", "parentOf" if alone else "componentOf"), one


def _ingredient(name: str, relationship: str) -> dict[str, str]:
    return {"title": name, "label": name, "relationship": relationship}
