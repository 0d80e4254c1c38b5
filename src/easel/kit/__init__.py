"""Small tools that know nothing of easel."""
