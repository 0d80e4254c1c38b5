"""General tools without knowledge of Easel."""
