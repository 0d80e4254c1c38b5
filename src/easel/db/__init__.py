"""The database: one connection door for reading, one for writing, every table, and the migrations."""
