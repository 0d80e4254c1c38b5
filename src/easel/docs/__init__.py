"""The documentation: pages in Markdown, a page for each model drawn from its card, and how they become HTML."""
