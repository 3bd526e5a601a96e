"""Training: what is read, what is held back, and that the weights say what the labels said."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moderation import training
from moderation.engine.tone import BUCKETS, Tone, Weights

RUDE = ("Yazıklar olsun hepinize, utanın biraz.", "Hepiniz aynısınız, utanın.", "Sizden midem bulandı, yazıklar olsun.")
KIND = ("Haber güzel yazılmış, teşekkürler.", "Emeği geçenlere teşekkür ederim.", "Karar yarın açıklanacak, bekliyoruz.")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A labelled file and one of plain sentences, each text with a number of its own."""
    rows = [f"{number}. {text}\t{int(text in RUDE)}" for number in range(40) for text in RUDE + KIND]
    labelled, plain = tmp_path / "labelled.tsv", tmp_path / "plain.txt"
    labelled.write_text("\n".join(["text\tlabel", *rows]), encoding="utf-8")
    plain.write_text("\n".join(f"Toplantı {number} mayısta yapılacak." for number in range(200)), encoding="utf-8")
    return labelled, plain


def test_training_writes_weights_that_tell_rude_from_kind(files: tuple[Path, Path], tmp_path: Path) -> None:
    labelled, plain = files

    call_command("train", offence=[f"Deneme={labelled}"], plain=str(plain), hold_out=0.2, into=tmp_path)

    score = Tone(Weights.read(tmp_path)).score
    assert score(["utanın", "biraz"]) > 0.5 > score(["teşekkürler"])
    told = json.loads((tmp_path / "tone.json").read_text(encoding="utf-8"))
    assert [source["title"] for source in told["of"]] == ["Deneme", "plain"]
    assert [figures["innocence"] for figures in told["held_back"]] == [100 * share for share in training.INNOCENCE]
    assert all(0 < figures["macro_f1"]["Deneme"] <= 100 for figures in told["held_back"])


def test_the_same_files_give_the_same_weights(files: tuple[Path, Path]) -> None:
    sources = [training.labelled("a", files[0]), training.plain_sentences("b", files[1])]

    assert bytes(training.fit(sources).units) == bytes(training.fit(sources).units)


def test_what_is_held_back_is_not_trained_on_and_nothing_is_lost(files: tuple[Path, Path]) -> None:
    source = training.labelled("a", files[0])

    kept, held = training.parted(source, 0.25)

    assert set(kept.examples).isdisjoint(held.examples)
    assert set(kept.examples) | set(held.examples) == set(source.examples)
    assert 0.1 < len(held.examples) / len(source.examples) < 0.4


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    weights = Weights(memoryview(bytes(BUCKETS)).cast("b"), step=0.5, bias=-1.0, manner={"question": 0.25})
    training.write(tmp_path, weights, sources=(), measured=(), today=date(2026, 5, 1))

    read = Weights.read(tmp_path)

    assert (read.step, read.bias, bytes(read.units), read.manner) == (0.5, -1.0, bytes(BUCKETS), {"question": 0.25})


@pytest.mark.parametrize("options", [{"plain": "no-such-file.txt"}, {"hold_out": 0.0}, {"hold_out": 1.0}])
def test_what_cannot_be_trained_on_is_refused(files: tuple[Path, Path], tmp_path: Path, options: dict[str, object]) -> None:
    asked = {"offence": [str(files[0])], "plain": str(files[1]), "hold_out": 0.1, "into": tmp_path} | options

    with pytest.raises(CommandError):
        call_command("train", **asked)

    assert not (tmp_path / "tone.bin").exists()
