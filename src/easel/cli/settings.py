"""easel settings: list all settings."""

from easel.cli.output import say, table


def settings() -> None:
    """List every setting with its default and description."""
    from easel.config import CONFIG_FILE, describe_settings

    table(("SETTING", "DEFAULT", "DESCRIPTION"), describe_settings())
    say(f"\nSet them in the environment, or in {CONFIG_FILE} without EASEL_ and in lower case; the environment wins.")
