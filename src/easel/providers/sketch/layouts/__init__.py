"""The ways a picture can be laid out. Each is one function from a Commission to the HTML of a page."""

from collections.abc import Callable, Mapping

from easel.providers.sketch.commission import Commission
from easel.providers.sketch.layouts.card import card
from easel.providers.sketch.layouts.infographic import infographic
from easel.providers.sketch.layouts.poster import poster

Layout = Callable[[Commission], str]

LAYOUTS: Mapping[str, Layout] = {"infographic": infographic, "poster": poster, "card": card}

__all__ = ["LAYOUTS", "Layout"]
