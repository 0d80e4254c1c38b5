"""Files: rows, URLs and storage keys; upload, conversion and archives."""
