"""Teams, members, API keys, sessions and rate limits."""
