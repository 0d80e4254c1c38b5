"""Typefaces, text that fits its box, and the check that every text can be read."""
