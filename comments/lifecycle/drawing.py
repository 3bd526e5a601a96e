"""The table of moves as the documents show it: a diagram and a table, both drawn from the one constant."""

from collections.abc import Iterator

from comments.lifecycle.moves import MOVES, UNDO, Move
from comments.models import ActorKind, Status

START = "<!-- moves: drawn by `manage.py draw_moves` from comments.lifecycle.MOVES -->"
END = "<!-- /moves -->"


class MarkersMissing(ValueError):
    """The document has no place for the drawing."""


def drawn() -> str:
    """Markdown; undo leads wherever the move before came from, so the diagram leaves it out."""
    return "\n".join([START, "", "```mermaid", *_diagram(), "```", "", *_table(), "", END])


def redrawn(document: str) -> str:
    """The document with the drawing in its place. Raises MarkersMissing."""
    before, start, rest = document.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise MarkersMissing(f"no {START} … {END}")
    return before + drawn() + after


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in MOVES:
        if move is not UNDO:
            for source in _ordered(move.sources) or ["[*]"]:
                for target in _ordered(move.targets):
                    arrows.setdefault((source, target), []).append(move.name)
    for (source, target), names in arrows.items():
        yield f"    {source} --> {target}: {', '.join(names)}"


def _table() -> Iterator[str]:
    yield "| move | by | from | to | remark |"
    yield "|---|---|---|---|---|"
    for move in MOVES:
        yield f"| {move.name} | {_actors(move)} | {', '.join(_ordered(move.sources)) or '(new)'} | {', '.join(_ordered(move.targets))} | {move.remark} |"


def _ordered(statuses: frozenset[Status]) -> list[str]:
    return [status.value for status in Status if status in statuses]


def _actors(move: Move) -> str:
    return ", ".join(kind.value for kind in ActorKind if kind in move.by)
