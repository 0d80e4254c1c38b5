"""What kind of making a picture is the fruit of, in the words of IPTC's list of digital source types."""

from easel.domain import Provenance

LIST = "http://cv.iptc.org/newscodes/digitalsourcetype/"

ALGORITHMIC = LIST + "algorithmicMedia"
ENHANCED = LIST + "algorithmicallyEnhanced"
COMPOSITE = LIST + "composite"
TRAINED = LIST + "trainedAlgorithmicMedia"
TRAINED_COMPOSITE = LIST + "compositeWithTrainedAlgorithmicMedia"


def source_of(origin: Provenance) -> str:
    """The address of the digital source type."""
    if origin.trained:
        return TRAINED_COMPOSITE if origin.parents else TRAINED
    if not origin.parents:
        return ALGORITHMIC
    return ENHANCED if len(origin.parents) == 1 else COMPOSITE
