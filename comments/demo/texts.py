"""The demo's texts, read from the files beside this one."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    key: str
    title: str
    section: str
    summary: str
    author: str
    body: tuple[str, ...]
    published_days_ago: float
    comments_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoComment:
    """`minutes_ago` counts back from the seeding; `offends` names the clauses that `body` offends as it stands.

    `reader` tells apart those who share a name.
    """

    id: str
    article: str
    name: str
    minutes_ago: float
    status: str
    body: str
    first_body: str = ""
    reply_to: str = ""
    offends: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    rejected_by: str = ""
    note: str = ""
    reader: str = ""
    house_reasons: tuple[str, ...] = ()
    minutes_to_decide: float = 25

    @property
    def writer(self) -> str:
        return self.reader or self.name


def articles() -> list[DemoArticle]:
    return [DemoArticle(**_frozen(row)) for row in _read("articles")]


def comments() -> list[DemoComment]:
    return [DemoComment(**_frozen(row)) for row in _read("comments")]


def _read(name: str) -> list[dict[str, Any]]:
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return list(tomllib.load(file)[name])


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
