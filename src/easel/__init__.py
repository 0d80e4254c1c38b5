"""Easel: an image-generation API server that a team runs itself."""

__version__ = "0.1.0"
