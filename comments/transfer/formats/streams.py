"""Long XML and JSON files, part by part: what was read is let go before the next part is."""

import json
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from comments.transfer.entries import Broken

_CHUNK = 1 << 16
_LARGEST_VALUE = 1 << 24


def elements(file: BinaryIO, *, depth: int) -> Iterator[Element]:
    """Every element that lies so deep under the root, whole. Raises Broken: no XML, cut off, in a wrong encoding, or with entities of its own."""
    path: list[Element] = []
    try:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(element)
                continue
            path.pop()
            if len(path) == depth:
                yield element
                path[-1].clear()
    except ParseError as error:
        raise Broken(f"this is no XML, or the file is cut off: {error}") from error
    except DefusedXmlException as error:
        raise Broken("the XML defines entities or a document type of its own, which no export does") from error
    except (LookupError, ValueError) as error:
        raise Broken(f"the encoding cannot be read: {error}") from error


def name(element: Element) -> str:
    """Without its namespace, which changes with the format's versions."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, wanted: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), "")


def child(element: Element, wanted: str) -> Element | None:
    return next((inner for inner in element if name(inner) == wanted), None)


def text(element: Element, wanted: str) -> str:
    """What the child of this name says; nothing where there is none."""
    found = child(element, wanted)
    return (found.text or "").strip() if found is not None else ""


def values(file: BinaryIO) -> Iterator[Any]:
    """Every value of a JSON array, or of lines of JSON. Raises Broken: no JSON, cut off, or not in UTF-8."""
    source = TextIOWrapper(file, encoding="utf-8-sig")
    try:
        yield from _values(source)
    except UnicodeDecodeError as error:
        raise Broken(f"the file is not in UTF-8: {error.reason}") from error
    except RecursionError as error:
        raise Broken("the JSON is nested too deep") from error
    finally:
        source.detach()


def _values(source: TextIOWrapper) -> Iterator[Any]:
    decoder, buffer = json.JSONDecoder(), source.read(_CHUNK).lstrip()
    is_array, is_over = buffer.startswith("["), not buffer
    buffer = buffer.removeprefix("[")
    while True:
        buffer = buffer.lstrip().removeprefix(",").lstrip() if is_array else buffer.lstrip()
        if is_array and buffer.startswith("]"):
            return
        if buffer or not is_over:
            try:
                value, end = decoder.raw_decode(buffer)
            except ValueError as error:
                if is_over or len(buffer) > _LARGEST_VALUE:
                    raise Broken(f"this is no JSON, or the file is cut off near {buffer[:40]!r}") from error
                more = source.read(max(_CHUNK, len(buffer)))
                buffer, is_over = buffer + more, not more
                continue
            yield value
            buffer = buffer[end:]
        elif is_array:
            raise Broken("the file is cut off: its list does not end")
        else:
            return
