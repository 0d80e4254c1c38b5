"""The road: submit, generate, and what keeps them honest. The only place where stations meet."""
