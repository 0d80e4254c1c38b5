"""easel settings: every setting there is."""

from easel.cli.output import say, table
from easel.config import CONFIG_FILE, describe_settings


def settings() -> None:
    """List every setting with its default and what it does."""
    table(("SETTING", "DEFAULT", "WHAT IT DOES"), describe_settings())
    say(f"\nSet them in the environment, or in {CONFIG_FILE} without EASEL_ and in lower case; the environment wins.")
