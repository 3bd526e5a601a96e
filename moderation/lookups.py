"""What a process has just looked up, and goes by for a moment more: asked for with every request, and changed a few times a year."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

from django.conf import settings

MOST = 1000

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class Lookups(Generic[Key, Found]):
    """Rows by what they were looked up by, for LOOKUPS_KEPT_SECONDS; what was not found is asked for again each time."""

    def __init__(self) -> None:
        self._kept: dict[Key, tuple[float, Found]] = {}

    def find(self, key: Key, look: Callable[[], Found | None]) -> Found | None:
        now = monotonic()
        looked_at, kept = self._kept.get(key, (float("-inf"), None))
        if kept is not None and now - looked_at < settings.LOOKUPS_KEPT_SECONDS:
            return kept
        found = look()
        if found is not None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = (now, found)
        return found

    def forget(self) -> None:
        """In this process; the others' time runs out by itself."""
        self._kept.clear()
