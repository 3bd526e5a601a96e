"""Which files are the house's own: everything beneath the repository but what is made, installed or hidden."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = frozenset({"var", "node_modules", "__pycache__"})


def ours(pattern: str, *folders: str) -> list[Path]:
    """Our files whose names match `pattern`, in these folders of the repository or in all of it."""
    roots = [ROOT / folder for folder in folders] or [ROOT]
    return sorted(path for root in roots for path in _beneath(root) if path.match(pattern))


def _beneath(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.exists() else ():
        if path.name.startswith(".") or path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from _beneath(path)
        else:
            yield path


def shown(path: Path) -> str:
    """The path as one would type it in the repository."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
