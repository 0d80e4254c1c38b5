"""The base of the settings classes: the sentence below a field is its description, as in `easel settings`."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


class SettingsModel(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True)


def words(value: Any) -> Any:
    """A setting that is a list, or one text with commas."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Words = Annotated[Sequence[str], BeforeValidator(words)]
