"""Who you are: teams, people, API keys, and how often they may knock."""
