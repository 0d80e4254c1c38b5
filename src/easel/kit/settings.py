"""The base of the settings classes: the sentence below a field is its description, as in `easel settings`."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


class SettingsModel(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True)


def words(value: Any) -> Any:
    """A setting that is a list, or one text with commas."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def pairs(value: Any) -> Any:
    """A setting that is a table, or one text such as a=b,c=d."""
    if not isinstance(value, str):
        return value
    parts = [item.partition("=") for item in words(value)]
    if not all(separator for _, separator, _ in parts):
        raise ValueError("it has items such as gpt-image-2=their-name, with commas between them")
    return {name.strip(): theirs.strip() for name, _, theirs in parts}


Words = Annotated[Sequence[str], BeforeValidator(words)]
