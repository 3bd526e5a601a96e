"""A bar that grows in place, for whoever watches a terminal."""

from django.core.management.base import OutputWrapper

_BAR = 40


def show(out: OutputWrapper, done: int, total: int, what: str) -> None:
    if out.isatty():
        bar = "█" * (_BAR * done // max(total, 1))
        out.write(f"\r{bar:·<{_BAR}} {done:,} of {total:,} {what}", ending="\n" if done >= total else "")
        out.flush()
