"""One process on SQLite. Each file does what the file of the same name in `postgres` does."""
