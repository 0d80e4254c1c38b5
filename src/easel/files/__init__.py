"""Files: their rows, their addresses and keys, and how they are uploaded, copied and packed."""
