"""The frame in the news site's colours: a few attributes, checked here and told to the page as a stylesheet, since no style may stand in it.

Whatever is asked for, text stays readable: a colour that is too near to its ground is moved away from it until WCAG's 4.5 to 1 is reached.
"""

import re
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

ATTRIBUTES = ("accent", "background", "text", "font", "radius", "scheme")

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})\Z")
_FONT = re.compile(r"[A-Za-z0-9 _-]{1,40}(, ?[A-Za-z0-9 _-]{1,40}){0,7}\Z")
_RADIUS = re.compile(r"[0-9]{1,2}\Z")
_SCHEMES = {"light", "dark"}
# The papers of reader.css, by day and by night.
_WHITE, _NIGHT = (255, 255, 255), (20, 23, 26)
_BLACK = (0, 0, 0)
_READABLE = 4.5
_ONE_DAY = 86_400

Colour = tuple[int, int, int]


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """What cannot be read is left out, and named in a comment."""
    asked = {name: request.GET[name].strip() for name in ATTRIBUTES if request.GET.get(name)}
    response = HttpResponse("\n".join(_rules(asked)) + "\n", content_type="text/css; charset=utf-8")
    response["Content-Language"] = settings.LANGUAGE_CODE
    response["Cache-Control"] = f"public, max-age={_ONE_DAY}"
    return response


def _rules(asked: Mapping[str, str]) -> Iterator[str]:
    accent, background, text = (_colour(asked.get(name, "")) for name in ("accent", "background", "text"))
    unread = [name for name, read in (("accent", accent), ("background", background), ("text", text)) if name in asked and not read]
    scheme = asked.get("scheme", "")
    if background and text:
        scheme = "light" if _luminance(background) > _luminance(text) else "dark"
        yield _root(_paper(background, readable(text, background)))
    elif background or text:
        yield "/* background and text count together only */"
    if scheme in _SCHEMES:
        yield f":root {{ color-scheme: {scheme}; }}"
    if accent:
        yield from _accents(accent, background if background and text else None, scheme)
    for name, pattern, rule in (("font", _FONT, ":root {{ --sans: {0}; --serif: {0}; }}"), ("radius", _RADIUS, ":root {{ --radius: {0}px; }}")):
        if name in asked:
            if pattern.match(asked[name]):
                yield rule.format(_quoted(asked[name]) if name == "font" else asked[name])
            else:
                unread.append(name)
    if unread:
        yield f"/* left out, because it could not be read: {', '.join(unread)} */"


def readable(colour: Colour, ground: Colour) -> Colour:
    """The colour, moved as little as need be towards black or white until it can be read on the ground."""
    goal = _BLACK if contrast(_BLACK, ground) > contrast(_WHITE, ground) else _WHITE
    return next(mixed for percent in range(0, 101, 4) if contrast(mixed := _mixed(colour, goal, percent), ground) >= _READABLE)


def contrast(one: Colour, other: Colour) -> float:
    """As WCAG 2.2 defines it, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _paper(background: Colour, text: Colour) -> dict[str, Colour]:
    return {
        "paper": background,
        "ink": text,
        "panel": _mixed(background, text, 5),
        "line": _mixed(background, text, 18),
        "edge": _mixed(background, text, 55),
        "quiet": readable(_mixed(background, text, 65), _mixed(background, text, 5)),
    }


def _accents(accent: Colour, background: Colour | None, scheme: str) -> Iterator[str]:
    if background or scheme in _SCHEMES:
        yield _root(_accent(accent, background or (_NIGHT if scheme == "dark" else _WHITE)))
    else:
        yield _root(_accent(accent, _WHITE))
        yield f"@media (prefers-color-scheme: dark) {{ {_root(_accent(accent, _NIGHT))} }}"


def _accent(accent: Colour, ground: Colour) -> dict[str, Colour]:
    shown = readable(accent, ground)
    away = _BLACK if _luminance(ground) > _luminance(shown) else _WHITE
    return {"accent": shown, "accent-strong": _mixed(shown, away, 25), "on-accent": readable(ground, shown)}


def _root(colours: Mapping[str, Colour]) -> str:
    return ":root { " + " ".join(f"--{name}: #{red:02x}{green:02x}{blue:02x};" for name, (red, green, blue) in colours.items()) + " }"


def _quoted(families: str) -> str:
    """Each family between quotation marks, unless it is one of CSS's own words."""
    own = {"serif", "sans-serif", "monospace", "system-ui", "ui-sans-serif", "ui-serif", "inherit"}
    names = (family.strip() for family in families.split(","))
    return ", ".join(name if name in own else f'"{name}"' for name in names)


def _colour(typed: str) -> Colour | None:
    found = _COLOUR.match(typed)
    if found is None:
        return None
    red, green, blue = bytes.fromhex(found[1])
    return red, green, blue


def _mixed(one: Colour, other: Colour, percent: int) -> Colour:
    red, green, blue = (round(a + (b - a) * percent / 100) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 255 for part in colour)
    return sum(
        share * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        for share, part in ((0.2126, red), (0.7152, green), (0.0722, blue))
    )
