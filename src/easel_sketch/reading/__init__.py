"""Parse a prompt: its texts and their roles, its kind, its style, the icons it names."""
