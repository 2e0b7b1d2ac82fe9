"""The sheet's pages: lines by number or by tick, and what was typed stays where something is wrong."""

from typing import Any

import pytest

from tests.factories.training import World
from tests.factories.visits import client_of
from tests.program.training.test_paper import LATER
from tests.program.training.test_sessions import confirmed
from upstander.foundation.kernel.db import in_district
from upstander.program.training.models import AttendanceMark

pytestmark = pytest.mark.django_db


def test_a_sheet_from_the_list_to_the_ledger(world: World, set_clock: Any) -> None:
    _, session = confirmed(world)
    set_clock(LATER)
    client = client_of(world.consultant)
    paper = client.get(f"/en/training/mine/{session.ref}/sheet.pdf")
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Disposition"] == 'inline; filename="list.pdf"'
    page = f"/en/training/mine/{session.ref}/paper/"
    assert "data-problems" not in client.get(page).content.decode()
    late = f"late_{world.staff[2].ref}"
    for typed, told in (
        ({}, "Nothing is entered yet."),
        ({"lines": "1-9"}, "“1-9” is no line of this sheet. Lines go from 1 to 4."),
        ({"lines": "1", late: "ten"}, "Please give minutes as a number"),
        ({"lines": "1", f"early_{world.staff[2].ref}": "x"}, "Please give minutes as a number"),
        ({"lines": "1+40/20"}, "Nobody can miss more"),
        ({"volunteer": "N-1+1000"}, "“N-1+1000” is no staff number with minutes."),
        ({"contractor": "N-1+50/10"}, "Nobody can miss more"),
        ({"lines": "1", "walk_ins": "N-1 Maria"}, "no names"),
    ):
        answer = client.post(page, typed)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert 'value="N-1 Maria"' in answer.content.decode()
    sheet = {
        "lines": "1-3, 4/10",
        "here": [world.staff[2].ref],
        late: "15",
        "walk_ins": "N-1+10, N-2",
        "volunteer": "N-3 / 20",
    }
    answer = client.post(page, sheet)
    assert answer["Location"] == f"/en/training/mine/{session.ref}/"
    assert "Entered: 9 marks." in client.get(answer["Location"]).content.decode()
    with in_district(world.district.pk):
        assert AttendanceMark.objects.filter(session=session).count() == 9
