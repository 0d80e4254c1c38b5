"""An error answer. A handler raises it, and the API answers it."""

from abc import ABC, abstractmethod

from starlette.responses import Response


class Refusal(Exception, ABC):
    """A vendor's package says what is in it."""

    @abstractmethod
    def response(self) -> Response:
        """The answer."""
