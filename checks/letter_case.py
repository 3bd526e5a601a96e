"""Only `moderation.engine.text` changes or ignores a letter's case: everybody else's way makes «ısı» of ISI an «isi».

Python's own methods, patterns that ignore case, the database's lower() and its lookups all take I for the capital of i.
"""

import ast
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from checks.files import ROOT, ours, shown

ALLOWED = ROOT / "moderation" / "engine" / "text.py"

METHODS = frozenset({"lower", "upper", "casefold", "title", "capitalize", "swapcase"})
PATTERN_FLAGS = frozenset({"I", "IGNORECASE"})
IMPORTED = {
    "re": PATTERN_FLAGS,
    "regex": PATTERN_FLAGS,
    "django.db.models.functions": frozenset({"Lower", "Upper"}),
    "django.utils.text": frozenset({"capfirst", "slugify"}),
    "django.template.defaultfilters": frozenset({"capfirst", "lower", "upper", "title", "slugify"}),
}
INLINE_FLAG = re.compile(r"\(\?[a-zA-Z0-9]*i[a-zA-Z0-9]*(?:-[a-zA-Z]+)?[:)]")
LOOKUP = re.compile(r"__i(?:contains|exact|startswith|endswith|regex)\b")
SEARCH_LOOKUP = re.compile(r"__(?:contains|exact|startswith|endswith|regex)$")
IN_TEMPLATES = re.compile(r"\|\s*(?:lower|upper|title|capfirst|slugify)\b")
IN_SCRIPTS = re.compile(r"\.to(?:Lower|Upper)Case\(")


class Offence(NamedTuple):
    line: int
    what: str


def in_python(source: str) -> Iterator[Offence]:
    """What a module does to letter case, in the order of its syntax tree."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        if id(node) not in documentation:
            for what in _objections(node):
                yield Offence(getattr(node, "lineno", getattr(getattr(node, "value", None), "lineno", 0)), what)


def in_template(source: str) -> Iterator[Offence]:
    """What a template's filters do to letter case."""
    return _matches(IN_TEMPLATES, source)


def in_script(source: str) -> Iterator[Offence]:
    """What a script does to letter case without naming a language; toLocaleLowerCase("tr") is right."""
    return _matches(IN_SCRIPTS, source)


def _matches(pattern: re.Pattern[str], source: str) -> Iterator[Offence]:
    for number, line in enumerate(source.splitlines(), start=1):
        yield from (Offence(number, match[0]) for match in pattern.finditer(line))


def _objections(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(attr=name), args=[], keywords=[]) if name in METHODS:
            yield f".{name}()"
        case ast.Attribute(value=ast.Name(id="str"), attr=name) if name in METHODS:
            yield f"str.{name}"
        case ast.Attribute(value=ast.Name(id="re" | "regex"), attr=name) if name in PATTERN_FLAGS:
            yield f"the flag {name}"
        case ast.Attribute(value=ast.Name(id="functions") | ast.Attribute(attr="functions"), attr="Lower" | "Upper" as name):
            yield f"functions.{name}"
        case ast.Call(func=ast.Name(id="getattr" | "methodcaller") | ast.Attribute(attr="methodcaller"), args=arguments):
            yield from (f"{name!r}, called by its name" for name in _strings(arguments) if name in METHODS)
        case ast.ImportFrom(module=str(module), names=names):
            yield from (f"{name.name} of {module}" for name in names if name.name in IMPORTED.get(module, ()))
        case ast.keyword(arg=str(name)) if LOOKUP.search(name):
            yield f"the lookup {name}"
        case ast.Constant(value=str(string)):
            yield from (f"the pattern's {match[0]}" for match in INLINE_FLAG.finditer(string))
            yield from (f"the lookup {match[0]}" for match in LOOKUP.finditer(string))
        case ast.Assign(targets=[ast.Name(id="search_fields")], value=ast.List(elts=fields) | ast.Tuple(elts=fields)):
            yield from (f"the admin's search in {name!r}, which names no lookup" for name in _strings(fields) if not SEARCH_LOOKUP.search(name))


def _strings(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def offences() -> Iterator[str]:
    for kind, look in (("*.py", in_python), ("*.html", in_template), ("*.js", in_script)):
        for path in ours(kind):
            if path != ALLOWED:
                yield from (f"{shown(path)}:{line}: {what}" for line, what in look(path.read_text()))


def main() -> int:
    found = list(offences())
    for offence in found:
        print(offence)
    if found:
        print("Letter case is changed by moderation.engine.text alone (lower, upper, capitalise, fold).")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
