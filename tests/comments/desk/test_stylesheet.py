"""The desk's colours are the admin's own, and follow its dark mode."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

SHEETS = ("desk/desk.css", "desk/admin.css", "admin/css/base.css", "admin/css/dark_mode.css")


def test_every_colour_that_the_desk_names_is_one_that_there_is() -> None:
    desk, *others = (Path(str(finders.find(sheet))).read_text(encoding="utf-8") for sheet in SHEETS)

    used = set(re.findall(r"var\((--[\w-]+)", desk))
    defined = set(re.findall(r"(--[\w-]+):", "".join([desk, *others])))

    assert used
    assert used <= defined
