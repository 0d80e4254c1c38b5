"""Typefaces, text set to fit its box, and the check that every text is legible."""
