"""Teams, members, API keys, sessions and rate limits."""

MAX_JOB_LIMIT = 1_000_000  # concurrent jobs of a team
