"""The letters of Turkish, and what becomes of them on a keyboard that lacks them."""

from moderation.engine.text import table

LETTERS = "abcçdefgğhıijklmnoöprsştuüvyz"
VOWELS = frozenset("aeıioöuüâîû")
VOICELESS = frozenset("fstkçşhp")
TURKISH_ONLY = frozenset("çğıöşüÇĞİÖŞÜ")

_PLAIN = table("çğıöşüâîûÇĞİÖŞÜÂÎÛ", "cgiosuaiuCGIOSUAIU")


def plain(string: str) -> str:
    """The string as typed without Turkish letters (ş → s, ı → i, İ → I, â → a); the length never changes."""
    return string if string.isascii() else string.translate(_PLAIN)
