"""İ and ı where Python's own casing gets them wrong: what is an insult in capitals, and what is only loud."""

import pytest

from moderation.engine.rule import OFFENCES
from moderation.engine.rules import RULES
from moderation.engine.text import Text


def offences(string: str) -> list[str]:
    text = Text(string)
    return [text[match.span] for rule in RULES if rule.clause in OFFENCES for match in rule.check(text, **rule.thresholds)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("PİSLİK adam", "PİSLİK adam"),
        ("SIĞIR herif", "SIĞIR"),
        ("IRKÇI köpek", "IRKÇI köpek"),
        ("İT herif", "İT herif"),
        ("HEPİNİZ ŞEREFSİZSİNİZ", "ŞEREFSİZSİNİZ"),
        ("SALAKSIN sen", "SALAKSIN"),
        ("HEPSI GERIZEKALI", "GERIZEKALI"),
        ("PISLIK herif", "PISLIK herif"),
        ("serefsiz herif", "serefsiz herif"),
        ("SİKTİR GİT", "SİKTİR GİT"),
    ],
)
def test_an_insult_is_found_in_any_case(text: str, marked: str) -> None:
    assert offences(text) == [marked]


@pytest.mark.parametrize(
    "text",
    [
        "SIK SIK UĞRUYORUZ",
        "SIKI TUTUNUN, SIKINTIMIZ ÇOK",
        "SIKILDIM ARTIK",
        "Klasik müzik, fizik ve psikoloji eksik.",
        "KLASİK MÜZİK, FİZİK VE PSİKOLOJİ EKSİK.",
        "Tamam ama zaman normal akıyor, Kemal.",
        "Malımızı, mülkümüzü, mal varlığımızı götürdüler.",
        "Şık giyinmiş, çok sıkıldım, sikkeleri saydım.",
        "Göttingen'de küçük amcamın amacı itiraz değildi.",
        "İtibarlı biri, cuma günü ite kaka bindi.",
        "Piçuv kasabasında boks maçını izledik, kaşar peyniri yedik.",
        "Çift sıfır sonuç, yüzyılın tınısı.",
    ],
)
def test_innocent_neighbours_stay_innocent(text: str) -> None:
    assert offences(text) == []
