"""Colours: arithmetic, the words for them, and the palette of one image."""
