"""The drawn table in the documents is the table that the lifecycle follows."""

from pathlib import Path

import pytest
from django.conf import settings

from comments.lifecycle import MOVES, drawing
from comments.lifecycle.moves import BESIDE_THE_STATUS
from comments.models import MoveName, Status


def test_the_table_in_the_documents_is_the_one_the_lifecycle_follows() -> None:
    document = (Path(settings.BASE_DIR) / "docs" / "architecture.md").read_text("utf-8")

    assert drawing.redrawn(document) == document, "run: manage.py draw_moves"


def test_every_move_that_a_decision_may_name_has_its_row_and_every_status_is_reached() -> None:
    assert [move.name for move in (*MOVES, *BESIDE_THE_STATUS)] == list(MoveName)
    assert {status for move in MOVES for status in move.targets} == set(Status)


def test_drawing_replaces_what_was_drawn_before_and_nothing_else() -> None:
    document = f"# Title\n{drawing.START}\nstale\n{drawing.END}\nThe rest.\n"

    assert drawing.redrawn(document) == f"# Title\n{drawing.drawn()}\nThe rest.\n"


def test_a_document_without_a_place_for_the_drawing_is_refused() -> None:
    with pytest.raises(drawing.MarkersMissing):
        drawing.redrawn("# Title\n")
