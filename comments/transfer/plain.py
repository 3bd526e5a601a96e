"""HTML as plain text: paragraphs stay paragraphs, a link its words and its address, and nothing of the markup is left."""

import re
from html.parser import HTMLParser

_PARAGRAPHS = {"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table"}
_LINES = {"br", "li", "tr"}
_UNSEEN = {"script", "style", "template", "head", "title"}


def plain_text(markup: str) -> str:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.written).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._unseen = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.written)))
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a" and self._links:
            address, begin = self._links.pop()
            words = "".join(self.written[begin:]).strip()
            if address.startswith(("http://", "https://")) and address != words:
                self.written.append(f" ({address})" if words else address)
        elif tag in _PARAGRAPHS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.written.append(data)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.written.append("\n\n")
        elif tag in _LINES:
            self.written.append("\n")
