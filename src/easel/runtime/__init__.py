"""What one process works with. What differs between one process and many is in `embedded` and `postgres`."""
