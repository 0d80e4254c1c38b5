"""One process on SQLite."""
