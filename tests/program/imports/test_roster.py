"""A list of the staff: read cell by cell, held against who is in post, entered as seen, ended with care, taken back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import make_actor, make_district, make_person, make_post, make_region, make_site
from tests.moments import AT, TODAY
from upstander.district.people.models import Person, Post
from upstander.district.people.services import end_post
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from upstander.program.imports.content.columns import Choice, guess, never_kept
from upstander.program.imports.content.doors import staff_of
from upstander.program.imports.content.outcomes import Preview
from upstander.program.imports.content.roster import erase_children
from upstander.program.imports.disposal import forget_rows
from upstander.program.imports.models import ImportSheet
from upstander.program.imports.selectors.imports import import_by_ref, imports_for
from upstander.program.imports.selectors.preview import Outlook, outlook, preview_of, waiting_posts
from upstander.program.imports.services import (
    apply_import,
    choose_columns,
    decide_matches,
    discard_import,
    take_file,
    undo_import,
    vouch_for_posts,
)

HEAD = "Staff ID,Last Name,First Name,Role,School code,Start Date,End Date,Email\n"
COLUMNS = {"number": 0, "family": 1, "given": 2, "post": 3, "code": 4, "when": 5, "until": 6, "email": 7}
D = dt.date
AUGUST = D(2026, 8, 10)


@pytest.fixture
def district(db: None) -> District:
    district = make_district()
    for code in ("N1", "S1"):
        make_site(district, {"N1": "North High", "S1": "South High"}[code], code=code)
    return district


@pytest.fixture
def actor(district: District) -> Iterator[Actor]:
    actor = make_actor(district)
    with in_district(district.pk):
        yield actor


def seen_of(actor: Actor, ref: str) -> Outlook:
    return outlook(actor=actor, load=import_by_ref(actor=actor, ref=ref), on=TODAY)


def brought(actor: Actor, rows: str, answer: dict[str, str] | None = None, **choice: Any) -> str:
    """A list that is ready to be applied; `answer` says what each of its own words means."""
    ref = take_file(actor=actor, kind="roster", file_name="staff.csv", raw=(HEAD + rows).encode(), at=AT)
    choose_columns(actor=actor, ref=ref, choice=Choice(columns=COLUMNS, **choice), at=AT)
    asked = {each.name: each.key for each in seen_of(actor, ref).to_decide}
    answers = {asked[word]: meant for word, meant in (answer or {}).items()}
    decide_matches(actor=actor, ref=ref, answers=answers, at=AT, on=TODAY)
    return ref


def seen_preview(actor: Actor, ref: str) -> Preview:
    load = import_by_ref(actor=actor, ref=ref)
    return preview_of(actor=actor, load=load, seen=seen_of(actor, ref), language="en")


def applied(actor: Actor, ref: str, **sure: bool) -> dict[str, int]:
    """How many lines had each outcome, without zeros."""
    seal = seen_preview(actor, ref).seal
    counts = apply_import(actor=actor, ref=ref, seal=seal, without_refused=True, at=AT, on=TODAY, **sure)
    return {name: count for name, count in counts.items() if count}


def vouched(actor: Actor, ref: str, by: Actor | None = None) -> list[str]:
    """Say yes to every post of a list that waits for it, as `by`; returns the roles."""
    load = import_by_ref(actor=actor, ref=ref)
    waiting = waiting_posts(actor=actor, load=load, seen=seen_of(actor, ref))
    vouch_for_posts(actor=by or actor, ref=ref, keys=waiting.keys(), at=AT, on=TODAY)
    return sorted(staff_of(change).role for change in waiting.values())


def standing() -> list[tuple[str, str, str, D, D | None]]:
    """Posts as known now, of whoever a list told of."""
    rows = Post.objects.filter(superseded_at=None, person__staff_number__startswith="9").select_related(
        "person", "site"
    )
    return [
        (row.person.staff_number, row.role, row.site.code if row.site else "", row.starts_on, row.ends_on)
        for row in rows.order_by("person__staff_number", "starts_on", "role")
    ]


def test_a_district_begins_with_its_list_and_the_list_is_known_again(actor: Actor) -> None:
    rows = (
        "9001,Ruiz,Ana,Teacher,N1,2026-08-10,,ana@example.org\n"
        "9001,Ruiz,Ana,Site designee,N1,2026-09-01,2026-12-18,\n"
        "9002,Lee,Sam,Principal,S1,2026-07-01,,\n"
    )
    ref = brought(actor, rows, {"Principal": "site_administrator"})
    assert vouched(actor, ref) == ["site_administrator", "site_designee"]
    assert applied(actor, ref) == {"new": 3}
    assert standing() == [
        ("9001", "teacher", "N1", AUGUST, None),
        ("9001", "site_designee", "N1", D(2026, 9, 1), D(2026, 12, 19)),
        ("9002", "site_administrator", "S1", D(2026, 7, 1), None),
    ]
    assert Person.objects.get(staff_number="9001").email == "ana@example.org"
    again = brought(actor, rows)  # what "Principal" means is remembered
    assert applied(actor, again) == {"there": 3}
    assert undo_import(actor=actor, ref=again, at=AT) == 0
    assert undo_import(actor=actor, ref=ref, at=AT) == 3
    assert standing() == []


def test_a_complete_list_ends_what_it_does_not_name_and_undo_lets_it_go_on(actor: Actor, district: District) -> None:
    brought_in = "9001,Ruiz,Ana,Teacher,N1,2026-08-10,,\n9002,Lee,Sam,Teacher,N1,2026-08-10,,\n"
    applied(actor, brought(actor, brought_in))
    ref = brought(actor, "9001,Ruiz,Ana,Teacher,S1,2026-11-02,,\n", is_complete=True)
    assert applied(actor, ref) == {"new": 1, "ended": 2}
    assert standing() == [
        ("9001", "teacher", "N1", AUGUST, D(2026, 11, 2)),  # a transfer leaves no gap
        ("9001", "teacher", "S1", D(2026, 11, 2), None),
        ("9002", "teacher", "N1", AUGUST, TODAY),
    ]
    assert Post.objects.get(role="coordinator", superseded_at=None).ends_on is None  # named by no list, ended by none
    undo_import(actor=actor, ref=ref, at=AT)
    assert standing() == [("9001", "teacher", "N1", AUGUST, None), ("9002", "teacher", "N1", AUGUST, None)]


def test_many_posts_end_only_when_somebody_says_so_once_more(actor: Actor, district: District) -> None:
    for number in range(9001, 9008):
        make_post(make_person(district, staff_number=str(number)), starts_on=AUGUST)
    ref = brought(actor, "9100,Ruiz,Ana,Teacher,N1,2026-08-10,,\n", is_complete=True)
    with pytest.raises(WrongState, match="Many posts would end"):
        applied(actor, ref)
    assert applied(actor, ref, many_may_end=True) == {"new": 1, "ended": 7}


def test_nobody_leaves_by_a_list_that_cannot_be_read(actor: Actor, district: District) -> None:
    make_post(make_person(district, staff_number="9001"), starts_on=AUGUST)
    make_post(make_person(district, staff_number="9002", family_name="Lee"), starts_on=AUGUST)
    ref = brought(actor, "9003,Ruiz,Ana,Teacher,N1,soon,,\n", is_complete=True)
    assert applied(actor, ref) == {"refused": 1}
    rows = "9001,Ruiz,Bo,Gardener,N1,2026-08-10,,\n9002,Lee,,Teacher,N1,,,\n"
    ref = brought(actor, rows, {"Gardener": ""}, since="2026-08-10", is_complete=True)
    assert applied(actor, ref) == {"new": 1, "left_out": 1, "ended": 1}  # 9001 has a line that was left out
    assert [row[0] for row in standing() if row[4]] == ["9002"]


def test_a_list_that_parts_its_classified_staff_is_read_by_its_words(actor: Actor, district: District) -> None:
    rows = "9001,Ruiz,Bo,Cook,N1,2026-08-10,,\n9002,Lee,Kim,Bus driver,N1,2026-08-10,,\n"
    assert applied(actor, brought(actor, rows)) == {"new": 2}
    with in_district(district.pk):
        posts = Post.objects.filter(person__staff_number__in=["9001", "9002"]).order_by("role")
        assert list(posts.values_list("role", flat=True)) == ["driver", "food_service"]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("9001,Ruiz,Ana,Teacher,N1,2026-08-10,,", "there"),
        ("9001,Ruiz,Ana,Teacher,N1,,,", "there"),  # says no first day, so it speaks against none
        ("9001,Ruiz,Ana,Teacher,N1,2026-08-10,2026-10-30,", "changed"),
        ("9001,Ruiz,Ana,Teacher,N1,2026-09-01,,", "overlaps"),
        ("9001,Ruiz,Ana,Volunteer,N1,2026-09-01,,", "new"),
        ("9001,Okafor,Chidi,Teacher,N1,2026-08-10,,", "other_name"),
        ("09001,Ruiz,Ana,Teacher,N1,2026-08-10,,", "near_number"),
        ("9009,Ito,Kai,Site administrator,,2026-08-10,,", "elsewhere"),
        ("9009,Ito,Kai,Cadre member,,2026-08-10,,", "to_vouch"),
        ("9009,Ito,Kai,Volunteer,,2026-08-10,,", "new"),
        ("9009,Ito,Kai,Regional lead,N1,2026-08-10,,", "elsewhere"),
        ("9009,Ito,Kai,Regional lead,,2026-08-10,,", "elsewhere"),
        ("9009,Ito,Kai,Coordinator,N1,2026-08-10,,", "elsewhere"),
        ("9009,Ito,Kai,Coordinator,,2026-08-10,,", "to_vouch"),
    ],
)
def test_a_line_against_who_is_in_post(actor: Actor, row: str, outcome: str) -> None:
    applied(actor, brought(actor, "9001,Ruiz,Ana,Teacher,N1,2026-08-10,,\n"))
    ref = take_file(actor=actor, kind="roster", file_name="b.csv", raw=f"{HEAD}{row}\n".encode(), at=AT)
    choose_columns(actor=actor, ref=ref, choice=Choice(columns=COLUMNS, since="2026-08-10"), at=AT)
    no_site = dict.fromkeys((each.key for each in seen_of(actor, ref).to_decide), "everywhere")
    decide_matches(actor=actor, ref=ref, answers=no_site, at=AT, on=TODAY)
    assert applied(actor, ref) == {outcome: 1}


WIDE = "9001,Ruiz,Ana,Coordinator,,2026-08-10,,\n9002,Lee,Sam,Regional deputy,West,2026-08-10,,\n"


def wide(actor: Actor, district: District) -> str:
    """A list with a post of a region and one of the whole district."""
    west = make_region(district, "West")
    head = HEAD.replace("School code", "Location")
    ref = take_file(actor=actor, kind="roster", file_name="w.csv", raw=(head + WIDE).encode(), at=AT)
    columns = {**{role: at for role, at in COLUMNS.items() if role != "code"}, "name": 4}
    choose_columns(actor=actor, ref=ref, choice=Choice(columns=columns), at=AT)
    asked = {each.name: each.key for each in seen_of(actor, ref).to_decide}
    decide_matches(actor=actor, ref=ref, answers={asked[""]: "everywhere", asked["West"]: west.ref}, at=AT, on=TODAY)
    return ref


def test_who_runs_the_program_is_named_by_two(actor: Actor, district: District) -> None:
    administrator = make_actor(district, "it_administrator")
    ref = wide(administrator, district)
    with pytest.raises(NotAllowed):  # nobody who runs the program names another
        vouched(actor, ref)
    with pytest.raises(NotAllowed):  # and who gives access does not let a list count
        applied(administrator, ref)
    assert vouched(administrator, ref) == ["coordinator", "region_deputy"]
    assert applied(actor, ref) == {"new": 2}
    held = Post.objects.filter(person__staff_number__startswith="9").order_by("person__staff_number")
    assert [(row.role, row.site_id, row.region and row.region.name) for row in held] == [
        ("coordinator", None, None),
        ("region_deputy", None, "West"),
    ]
    told = AuditEvent.objects.get(event="imports.vouched")
    assert told.data == {"count": 2, "roles": "coordinator region_deputy"}
    again = brought(actor, "9003,Diaz,Eva,Teacher,N1,2026-08-10,,\n", is_complete=True)
    assert applied(actor, again) == {"new": 1}  # a complete list ends no post of a region or of the program
    assert undo_import(actor=actor, ref=ref, at=AT) == 2
    assert [row[0] for row in standing()] == ["9003"]


def test_a_post_that_gives_access_never_comes_silently(actor: Actor) -> None:
    rows = "9001,Ruiz,Ana,Site administrator,N1,2026-08-10,,\n9002,Lee,Sam,Teacher,N1,2026-08-10,,\n"
    ref = brought(actor, rows)
    with pytest.raises(Invalid):
        vouch_for_posts(actor=actor, ref=ref, keys=[], at=AT, on=TODAY)
    with pytest.raises(WrongState, match="changed since"):
        vouch_for_posts(actor=actor, ref=ref, keys=["0" * 32], at=AT, on=TODAY)
    assert applied(actor, ref) == {"new": 1, "to_vouch": 1}
    assert [row[0] for row in standing()] == ["9002"]
    # A yes is to this very post: another day in the next list asks anew.
    ref = brought(actor, rows)
    assert vouched(actor, ref) == ["site_administrator"]
    undated = {role: at for role, at in COLUMNS.items() if role != "when"}
    choose_columns(actor=actor, ref=ref, choice=Choice(columns=undated, since="2026-09-01"), at=AT)
    decide_matches(actor=actor, ref=ref, answers={}, at=AT, on=TODAY)
    assert applied(actor, ref) == {"there": 1, "to_vouch": 1}


def test_a_yes_holds_for_nobody_else_and_goes_with_the_rows(actor: Actor) -> None:
    rows = "9001,Ruiz,Ana,Site administrator,N1,2026-08-10,,\n"
    ref = brought(actor, rows)
    assert vouched(actor, ref) == ["site_administrator"]
    (key,) = import_by_ref(actor=actor, ref=ref).vouched
    assert "9001" not in key
    swapped = COLUMNS | {"given": COLUMNS["family"], "family": COLUMNS["given"]}
    choose_columns(actor=actor, ref=ref, choice=Choice(columns=swapped), at=AT)
    decide_matches(actor=actor, ref=ref, answers={}, at=AT, on=TODAY)
    assert seen_preview(actor, ref).counts["to_vouch"] == 1, "read as another name, nobody has said yes to it"
    discard_import(actor=actor, ref=ref, at=AT)
    assert import_by_ref(actor=actor, ref=ref).vouched == {}
    other = brought(actor, rows)
    vouched(actor, other)
    forget_rows(actor=actor, at=AT + dt.timedelta(days=31))
    assert import_by_ref(actor=actor, ref=other).vouched == {}


def test_who_prepares_lists_sees_those_of_the_staff_alone(actor: Actor, district: District) -> None:
    administrator = make_actor(district, "it_administrator")
    other = take_file(actor=actor, kind="leaves", file_name="l.csv", raw=b"Staff ID,From\n1,2026-08-10\n", at=AT)
    mine = take_file(actor=administrator, kind="roster", file_name="s.csv", raw=HEAD.encode(), at=AT)
    assert [row.ref for row in imports_for(actor=administrator)] == [mine]
    assert {row.ref for row in imports_for(actor=actor)} == {other, mine}
    with pytest.raises(NotAllowed):
        take_file(actor=administrator, kind="completions", file_name="c.csv", raw=b"a,b\n1,2\n", at=AT)
    with pytest.raises(NotFound):
        discard_import(actor=administrator, ref=other, at=AT)


def test_what_was_changed_since_is_not_undone(actor: Actor) -> None:
    ref = brought(actor, "9001,Ruiz,Ana,Teacher,N1,2026-08-10,,\n")
    applied(actor, ref)
    end_post(actor=actor, post=Post.objects.get(person__staff_number="9001"), ends_on=TODAY, at=AT)
    with pytest.raises(WrongState, match="changed since"):
        undo_import(actor=actor, ref=ref, at=AT)


def test_every_cell_that_cannot_be_read_is_told(actor: Actor) -> None:
    rows = (
        ",Ruiz,Ana,Teacher,N1,2026-08-10,,\n"
        "9002,,,Teacher,N1,2026-08-10,,\n"
        "9003,Ruiz,Ana,,N1,2026-08-10,,\n"
        "9004,Ruiz,Ana,Teacher,N1,2026-08-10,2026-08-01,\n"
        "9005,Ruiz,Ana,Teacher,N1,,,\n"
        "9006,Ruiz,Ana,Teacher,N1,2026-08-10,,nowhere\n"
        "9007,=HYPERLINK(1),Ana,Teacher,N1,2026-08-10,,\n"
    )
    found = seen_of(actor, brought(actor, rows)).reading
    assert found.lines == []
    assert [(each.row, each.column, each.reason) for each in found.problems] == [
        (2, "A", "no_person"),
        (3, "B", "no_person"),
        (4, "D", "no_post"),
        (5, "G", "backward"),
        (6, "F", "no_day"),
        (7, "H", "no_address"),
        (8, "B", "text_formula"),
    ]


def test_what_a_list_must_say_is_asked_for_at_once(actor: Actor) -> None:
    ref = take_file(actor=actor, kind="roster", file_name="a.csv", raw=f"{HEAD}1,,,,,,,\n".encode(), at=AT)
    with pytest.raises(Invalid, match="school's code") as refusal:
        choose_columns(actor=actor, ref=ref, choice=Choice(), at=AT)
    assert {each.field for each in refusal.value.also} == {"columns", "since"} or refusal.value.field == "columns"


def test_a_row_of_a_child_is_never_kept(actor: Actor) -> None:
    head = b"sourcedId,orgSourcedIds,role,givenName,familyName,identifier,email,grades,password\n"
    raw = head + b"a,N1,student,Kim,Doe,77,k@example.org,07,secret\nb,N1,teacher,Ana,Ruiz,9001,a@example.org,,secret\n"
    ref = take_file(actor=actor, kind="roster", file_name="users.csv", raw=raw, at=AT)
    kept = ImportSheet.objects.get(load__ref=ref)
    assert "Kim" not in str(kept.rows)
    assert "secret" not in str(kept.rows)
    assert kept.marks["of_children_count"] == 1


def test_headings_of_oneroster_speak_for_the_columns() -> None:
    header = [
        "sourcedId",
        "status",
        "orgSourcedIds",
        "role",
        "username",
        "givenName",
        "familyName",
        "identifier",
        "email",
    ]
    assert guess("roster", header) == {2: "code", 3: "post", 5: "given", 6: "family", 7: "number", 8: "email"}
    assert guess("roster", ["Employee ID", "Name", "Job Title", "Work Site", "Hire Date"]) == {
        0: "number",
        1: "person",
        2: "post",
        3: "name",
        4: "when",
    }
    assert never_kept("Password")


def test_rows_of_children_are_emptied_by_their_role_alone() -> None:
    rows = [["1", "Parent", "Teacher"], ["2", "Lee", "Estudiante"], ["3", "Child", "Aide"]]
    assert erase_children(rows, 2) == 1
    assert rows == [["1", "Parent", "Teacher"], ["", "", ""], ["3", "Child", "Aide"]]
    assert erase_children(rows, None) == 0
