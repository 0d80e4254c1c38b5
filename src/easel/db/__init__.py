"""The database: read connections, write transactions, all tables, and the migrations."""
