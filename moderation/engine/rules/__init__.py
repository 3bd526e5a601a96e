"""The policy's rules. The folder is the registry: a file dropped in here is a rule, and nothing else needs editing."""

import pkgutil
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from moderation.engine.rule import Rule

RULES: tuple[Rule, ...] = tuple(
    import_module(f"{__name__}.{module.name}").RULE for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
)


def word_lists_digest() -> str:
    """Sixteen hexadecimal digits that change when any word list beside a rule does."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.txt")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
