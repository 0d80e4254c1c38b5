"""Many processes on PostgreSQL. Each file does what the file of the same name in `embedded` does."""
