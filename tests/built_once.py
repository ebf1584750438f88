"""Applications that are built once: putting up their routes costs more than most tests.

The parts behind an application are those of the test that asked for it last.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fastapi import FastAPI

_PLAIN = (str, bytes, int, float, tuple, timedelta, type(None))


class Current:
    """Stands for the parts, or for a part of them; whatever is asked, the current ones are asked.

    While routes are put up, what is taken out of the parts is such a stand-in again, so that
    nothing of the first test stays behind.
    """

    def __init__(self, found: Callable[[], Any], building: Callable[[], bool]) -> None:
        self._found, self._building = found, building

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._found(), name)
        if not self._building() or isinstance(value, _PLAIN):
            return value
        return Current(lambda: getattr(self._found(), name), self._building)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._found()(*arguments, **named)


class BuiltOnce:
    """One application for all tests of this process."""

    def __init__(self, build: Callable[[Any], FastAPI]) -> None:
        self._build = build
        self._parts: object = None
        self._app: FastAPI | None = None

    def on(self, parts: object) -> FastAPI:
        """The application, standing on these parts from now on."""
        self._parts = parts
        if self._app is None:
            self._app = self._build(Current(lambda: self._parts, lambda: self._app is None))
        return self._app
