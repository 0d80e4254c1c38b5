"""Provenance of every image: how it was created, in XMP and in a signed C2PA manifest.

It states facts only: a layout program's image is algorithmic, a model's is trained algorithmic, an edit names its
source images. It contains no prompts, names or addresses.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import model_validator

from easel.domain import Image, Provenance
from easel.imaging.provenance import certificate, xmp
from easel.kit.settings import SettingsModel

__all__ = ["ProvenanceSettings", "ProvenanceWriter"]

# The digital source types: https://cv.iptc.org/newscodes/digitalsourcetype/
LIST = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ALGORITHMIC = LIST + "algorithmicMedia"
ENHANCED = LIST + "algorithmicallyEnhanced"
COMPOSITE = LIST + "composite"
TRAINED = LIST + "trainedAlgorithmicMedia"
TRAINED_COMPOSITE = LIST + "compositeWithTrainedAlgorithmicMedia"
UNSIGNED = "The image could not be signed; its provenance is in XMP only."


class ProvenanceSettings(SettingsModel):
    provenance: bool = True
    """Whether images carry provenance metadata."""
    provenance_certificate: Path | None = None
    """PEM file with the certificate that signs images, and its chain."""
    provenance_key: Path | None = None
    """PEM file with the P-256 key of that certificate. Default: both are created on first use."""

    @model_validator(mode="after")
    def _come_together(self) -> "ProvenanceSettings":
        if (self.provenance_certificate is None) != (self.provenance_key is None):
            raise ValueError("EASEL_PROVENANCE_CERTIFICATE and EASEL_PROVENANCE_KEY must be set together.")
        return self


class ProvenanceWriter:
    """Adds provenance to images. Its key is read, or created, for the first image and not at the start. Thread-safe."""

    def __init__(self, settings: ProvenanceSettings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._lock = threading.Lock()
        self._identity: certificate.Identity | None = None

    def mark(self, original: Image, origin: Provenance, result: Image | None = None) -> tuple[Image, Sequence[str]]:
        """The same pixels with provenance, and a warning if it is incomplete.

        `result` is the provider's result: if it was signed, its manifest is kept as an ingredient.
        """
        if not self._settings.provenance:
            return original, ()
        from easel.imaging.provenance import manifest  # 30 MB of library, needed from the first image on

        source = source_of(origin)
        marked = xmp.written(original.data, original.media_type, source, f"{xmp.TOOL} ({origin.provider})")
        try:
            story = manifest.generated(origin, source, result)
            return replace(original, data=manifest.signed(marked, original.media_type, story, self._signer())), ()
        except (manifest.SigningError, OSError, ValueError):
            return replace(original, data=marked.whole), (UNSIGNED,)

    def mark_copy(self, copy: Image, original: Image) -> Image:
        """A copy in another format states what its original states, and names it. Without a manifest it stays so."""
        source, tool = xmp.read(original.data)
        if not self._settings.provenance or source is None:
            return copy
        from easel.imaging.provenance import manifest

        marked = xmp.written(copy.data, copy.media_type, source, tool or xmp.TOOL)
        try:
            story = manifest.converted(original)
            return replace(copy, data=manifest.signed(marked, copy.media_type, story, self._signer()))
        except (manifest.SigningError, OSError, ValueError):
            return replace(copy, data=marked.whole)

    def _signer(self) -> certificate.Identity:
        with self._lock:
            if self._identity is None:
                self._identity = certificate.identity(
                    self._settings.provenance_certificate, self._settings.provenance_key, self._folder
                )
            return self._identity


def source_of(origin: Provenance) -> str:
    """The URL of the digital source type of an image."""
    if origin.trained:
        return TRAINED_COMPOSITE if origin.parents else TRAINED
    if not origin.parents:
        return ALGORITHMIC
    return ENHANCED if len(origin.parents) == 1 else COMPOSITE
