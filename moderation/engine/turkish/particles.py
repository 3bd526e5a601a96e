"""Words that are written apart and were run into one: geliyormusun → geliyor musun, parasıda → parası da, onbeş → on beş."""

import re

import regex

from moderation.engine.turkish import dictionary
from moderation.engine.turkish.formation import is_formed
from moderation.engine.turkish.harmony import close_vowel, is_back

_QUESTION = re.compile(
    r"(?P<base>\w{2,}?)(?P<particle>m(?P<vowel>[ıiuü])(?:y[ıiuü]m|y[ıiuü]z|s[ıiuü]n(?:[ıiuü]z)?|yd[ıiuü]\w{0,3}|ym[ıiuü]ş\w{0,4}|d[ıiuü]r)?)"
)
_VERBAL_NOUN = re.compile(r"m[ae]$")  # verilmemi is «my being given» too
_NUMBER = re.compile(
    r"(?P<tens>on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan)(?P<ones>bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz)(?P<ending>\w*)"
)
_LIGHT_VERB = regex.compile(
    r"(?P<noun>acele|alay|arz|arzu|ayırt|dans|davet|dikkat|dua|elde|fark|göç|hak|hitap|hizmet|idare|ifade|ihmal|ihraç|ikna|ilan|ilave|imha|imza|inkar"
    r"|inşa|iptal|ispat|israf|istifa|ithal|itiraf|itiraz|kabul|kontrol|merak|müdahale|park|rica|sarf|sevk|sohbet|söz|şikayet|tahmin|takdir|takip|taklit"
    r"|talep|tarif|tavsiye|tebrik|tedavi|tehdit|teklif|temsil|tercih|terk|tespit|teşekkür|yardım|yemin|yok|ziyaret)(?P<verb>e[dt]\w+)"
    r"|(?P<noun>mest|pişman|razı|teslim|var|yok)(?P<verb>ol(?:[adm]|[uü]|sa)\w*)"
)
_MADE_A_VERB = re.compile(  # the forms of «etmek», which no others begin like
    r"(?P<noun>\w{4,}?)(?P<verb>e(?:t(?:me|ti|miş|se|tir|sin)\w*|d(?:en|er|ece[kğ]|iyor|il|ip|elim|eyim)\w*))"
)
_CASE_AND_ALSO = re.compile(r"(?P<case>[dt][ae]n?|n[ıiuü]n|y?l[ae]|y[ıiuüae])(?P<particle>d[ae])")
_TAKES_NO_CASE = re.compile(
    r"(?:[dt][ıiuü](?:m|k|n[ıiuü]z|l[ae]r)?|m[ıiuü]ş|yor\w*|[ae]c[ae][kğ]\w*|s[ae]|ınca|ince|unca|ünce|ıp|ip|up|üp|madan|meden|ken)$"
)
_SAYS_THAT = re.compile(r"(?:[rmzkş]|[dt][ıiuü]|değil|[dt][ıiuü]lar|[dt][iü]ler)$")  # how a sentence ends that «ki» goes on with


def parted(form: str) -> str | None:
    """The lower-case form as the two words that it is, or None where it is one word or what it is does not show."""
    if parts := _after_possessive(form) or _number(form):
        return parts
    if dictionary.is_word(form) or dictionary.name(form):
        return None
    return _question(form) or _light_verb(form) or _also(form) or _that(form)


def _after_possessive(form: str) -> str | None:
    """«de» and «da» after a possessive, whose own locative has an n (parasında); a stem that ends in a vowel takes a y (pusuyu)."""
    base, particle = form[:-2], form[-2:]
    if particle not in ("de", "da") or base[-1:] not in "ıiuü" or not dictionary.is_word(base):
        return None
    if not dictionary.is_word(f"{base}n{particle}") or dictionary.is_word(f"{base}y{close_vowel(base)}"):
        return None
    return f"{base} {particle}"


def behind_name(ending: str) -> str | None:
    """«de» and «da» run on to the ending behind a name's apostrophe (Türkiye'dede, Ali'ninde), set apart; takes what follows the apostrophe."""
    found = _CASE_AND_ALSO.fullmatch(ending)
    return f"{found['case']} {found['particle']}" if found and is_back(found["case"]) == (found["particle"] == "da") else None


def _question(form: str) -> str | None:
    found = _QUESTION.fullmatch(form)
    if not found or not dictionary.is_word(found["base"]) or _VERBAL_NOUN.search(found["base"]) or found["vowel"] != close_vowel(found["base"]):
        return None
    return f"{found['base']} {found['particle']}"


def _number(form: str) -> str | None:
    found = _NUMBER.fullmatch(form)
    if not found or not dictionary.is_word(found["ones"] + found["ending"]):
        return None
    return f"{found['tens']} {found['ones']}{found['ending']}"


def _light_verb(form: str) -> str | None:
    found = _LIGHT_VERB.fullmatch(form) or (None if is_formed(form) else _MADE_A_VERB.fullmatch(form))
    return f"{found['noun']} {found['verb']}" if found and dictionary.is_word(found["noun"]) and dictionary.is_word(found["verb"]) else None


def _also(form: str) -> str | None:
    """«de» and «da» after what cannot take the ending -de (parası, gelmiş), or after a common word that never does."""
    base, particle = form[:-2], form[-2:]
    if particle not in ("de", "da", "te", "ta") or not dictionary.is_word(base) or len(base) < 3:
        return None
    if (particle[1] == "a") != is_back(base) or not (_TAKES_NO_CASE.search(base) or dictionary.frequency(base) > _COMMON):
        return None
    return f"{base} d{particle[1]}"


_COMMON = 5  # times a base is seen whose locative would be in the dictionary, were there one


def _that(form: str) -> str | None:
    base = form[:-2]
    if not form.endswith("ki") or len(base) < 3 or not dictionary.is_word(base) or not _SAYS_THAT.search(base):
        return None
    return f"{base} ki"
