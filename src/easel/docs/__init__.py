"""The documentation: Markdown pages, one page per model from its card, and their HTML."""
