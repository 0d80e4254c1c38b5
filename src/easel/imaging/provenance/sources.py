"""The digital source type of an image, from IPTC's list."""

from easel.domain import Provenance

LIST = "http://cv.iptc.org/newscodes/digitalsourcetype/"

ALGORITHMIC = LIST + "algorithmicMedia"
ENHANCED = LIST + "algorithmicallyEnhanced"
COMPOSITE = LIST + "composite"
TRAINED = LIST + "trainedAlgorithmicMedia"
TRAINED_COMPOSITE = LIST + "compositeWithTrainedAlgorithmicMedia"


def source_of(origin: Provenance) -> str:
    """The URL of the digital source type."""
    if origin.trained:
        return TRAINED_COMPOSITE if origin.parents else TRAINED
    if not origin.parents:
        return ALGORITHMIC
    return ENHANCED if len(origin.parents) == 1 else COMPOSITE
