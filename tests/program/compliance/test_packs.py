"""Auditor packs: the same question gives the same bytes, and a second count agrees with them to the person."""

import csv
import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from tests.moments import AT
from tests.program.compliance.obligations_again import Books
from tests.program.compliance.second_route import asked_then, coverage_again, roles_again, trained_people
from tests.program.compliance.world import FIRST, SUBJECT, World, clerk, moment, terms
from upstander.district.people.models import Person, Post
from upstander.district.people.services import correct_post, put_on_leave
from upstander.district.places.models import Site
from upstander.district.places.services import add_school_year
from upstander.engines.bundles import bundle, digest, manifest
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, NotFound
from upstander.insights.board_report import board_report
from upstander.jobs.packs import make
from upstander.program.compliance.disposal import forget_pack_files
from upstander.program.compliance.models import AuditPack, Completion, PackFile, Requirement
from upstander.program.compliance.selectors.certifications import site_standing
from upstander.program.compliance.selectors.packs.kept import (
    SILENT,
    is_being_made,
    pack_by_ref,
    packs_with_digest,
    question_of,
)
from upstander.program.compliance.selectors.packs.making import make_pack
from upstander.program.compliance.selectors.packs.recipes import FIRST as FIRST_RECIPE
from upstander.program.compliance.selectors.packs.recipes import NEWEST
from upstander.program.compliance.selectors.packs.rows import Question
from upstander.program.compliance.services import (
    Entry,
    ask_for_file,
    ask_for_pack,
    correct_completion,
    keep_pack,
    record_completions,
    set_requirement,
    tell_part,
)

pytestmark = pytest.mark.django_db
LAW, SECOND = "mandated-reporter", "something-else"
DAY = dt.timedelta(days=1)
YEAR = dt.date(2025, 8, 11)
KNOWN = moment(dt.date(2026, 5, 1))
MORE = ("people.load", "people.amend", "places.manage", "proof.pack")


def asking(world: World) -> Any:
    actor = lend(clerk(world.district), *MORE)
    asked = terms(subject=LAW, audience="all_staff", cadence="school_year", grace_days=42, also_counts=[SUBJECT])
    add_school_year(actor=actor, name="2025-26", starts_on=YEAR, ends_on=dt.date(2026, 6, 6), at=moment(FIRST))
    set_requirement(actor=actor, terms=asked, starts_on=dt.date(2025, 7, 1), at=moment(FIRST))
    gone = [(person.pk, dt.date(2025, 9, 1), None) for person in world.people[10:18]]
    put_on_leave(actor=actor, leaves=gone, at=moment(FIRST))
    return actor


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def lines(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


def write_later(world: World, actor: Any) -> None:
    """All that may be recorded after the moment asked about, of every kind that is counted."""
    standing = Completion.objects.filter(subject=SUBJECT, retractions__isnull=True, recorded_at__lte=KNOWN)
    for row in standing[:3]:
        correct_completion(actor=actor, ref=row.ref, reason="wrong_day", at=AT)
    entries = [Entry(person.pk, SUBJECT, dt.date(2026, 2, 1), "session", "S" * 12) for person in world.people]
    record_completions(actor=actor, entries=entries, at=AT)
    for post in Post.objects.filter(superseded_at__isnull=True, ends_on__isnull=True).order_by("pk")[:5]:
        correct_post(actor=actor, post=post, starts_on=post.starts_on, ends_on=post.starts_on + dt.timedelta(1), at=AT)
    put_on_leave(actor=actor, leaves=[(world.people[1].pk, dt.date(2025, 9, 1), None)], at=AT)
    changed = terms(subject=LAW, audience="secondary_staff", cadence="school_year", grace_days=1)
    set_requirement(actor=actor, terms=changed, starts_on=dt.date(2025, 7, 1), at=AT)
    set_requirement(actor=actor, terms=terms(threshold_percent=99), starts_on=dt.date(2025, 1, 1), at=AT)
    Person.objects.update(family_name="Renamed", sort_key="renamed")
    Site.objects.update(name="Renamed", sort_key="renamed")


def test_the_same_question_gives_the_same_bytes_whatever_was_written_since() -> None:
    world = World(5)
    with in_district(world.district.pk):
        actor = asking(world)
        for on in (dt.date(2025, 9, 10), dt.date(2026, 3, 1)):
            for language in ("en", "es"):
                of = Question(on, KNOWN, language)
                before = make_pack(actor=actor, of=of)
                assert before.content == make_pack(actor=lend(clerk(world.district), *MORE), of=of).content
        write_later(world, actor)
        after = make_pack(actor=actor, of=of)
        assert (after.digest, after.content) == (before.digest, before.content)
        assert make_pack(actor=actor, of=Question(on, AT, language)).digest != before.digest


def test_a_pack_of_the_first_recipe_comes_out_without_what_later_ones_tell() -> None:
    world, on = World(5), dt.date(2025, 9, 10)
    with in_district(world.district.pk):
        actor = asking(world)
        first, newest = (
            opened(make_pack(actor=actor, of=Question(on, KNOWN, "en", recipe)).content)
            for recipe in (FIRST_RECIPE, NEWEST)
        )
        file = PackFile.objects.create(
            district_id=world.district.pk, on=on, known_at=KNOWN, language="en", asked_at=AT, asked_by="x"
        )
        assert question_of(file) == Question(on, KNOWN, "en", FIRST_RECIPE), "what was asked before has the first one"
        again = roles_again(SUBJECT, on, KNOWN)
    assert set(newest) - set(first) == {"roles.csv"}
    assert {name for name in first if first[name] == newest[name]} == {
        "people.csv",
        "sessions.csv",
        "sites.csv",
        "requirements.csv",
    }
    assert b"role:" in newest["query.txt"] and b"role:" not in first["query.txt"]
    rows = [row for row in lines(newest, "roles.csv") if row["training"] == SUBJECT]
    assert {row["role"]: (int(row["staff"]), int(row["done"])) for row in rows} == again


def test_a_second_count_agrees_to_the_person() -> None:
    world, on = World(6), dt.date(2025, 10, 20)
    with in_district(world.district.pk):
        actor = asking(world)
        files = opened(make_pack(actor=actor, of=Question(on, KNOWN, "en")).content)
        books, (law,) = Books(KNOWN), Requirement.objects.filter(subject=LAW)
        refs = {person.pk: person.ref for person in world.people}
        again = {refs[pk]: state[0] for pk in refs if (state := books.state(law, pk, on))}
        asked = asked_then(SUBJECT, on, KNOWN)
        assert asked
        trained = {refs[pk] for pk in trained_people(asked, on, KNOWN)}
        sites = coverage_again(SUBJECT, on, KNOWN)
    people = lines(files, "people.csv")
    assert {row["person"]: row["state"] for row in people if row["training"] == LAW} == again
    assert set(again.values()) >= {"done", "overdue", "excused"}
    assert sites
    counted = {row["site"]: row for row in lines(files, "sites.csv") if row["training"] == SUBJECT}
    told = {
        ref: (int(row["staff"]), int(row["done"]), row["counts_as_trained"] == "yes") for ref, row in counted.items()
    }
    assert told == sites
    at_schools = {row["person"]: row["state"] == "done" for row in people if row["training"] == SUBJECT}
    assert at_schools == {ref: ref in trained for ref in at_schools}
    assert len(at_schools) == len([row for row in people if row["training"] == SUBJECT])
    for training in (SUBJECT, LAW):
        proven = sum(int(row["people"]) for row in lines(files, "sessions.csv") if row["training"] == training)
        assert proven == sum(row["state"] == "done" for row in people if row["training"] == training)
    done = list(again.values()).count("done")
    assert (
        f"{done} of {len(again) - list(again.values()).count('excused')} people are done" in files["query.txt"].decode()
    )


@pytest.fixture
def world_of_two() -> tuple[World, Any]:
    """A world that asks two trainings without due days; the second has stood in the books for longer."""
    world = World(8)
    with in_district(world.district.pk):
        actor, earlier = asking(world), FIRST - 30 * DAY
        set_requirement(
            actor=actor, terms=terms(subject=SECOND, threshold_percent=30), starts_on=earlier, at=moment(earlier)
        )
        entries = [Entry(person.pk, SECOND, dt.date(2025, 9, 1), "import", "list") for person in world.people[::3]]
        record_completions(actor=actor, entries=entries, at=moment(dt.date(2025, 9, 2)))
    return world, actor


def test_every_training_without_due_days_is_counted(world_of_two: tuple[World, Any]) -> None:
    (world, actor), on = world_of_two, dt.date(2025, 10, 20)
    with in_district(world.district.pk):
        files = opened(make_pack(actor=actor, of=Question(on, KNOWN, "en")).content)
        again = {subject: coverage_again(subject, on, KNOWN) or {} for subject in (SUBJECT, SECOND)}
        report = board_report(actor=lend(actor, "proof.board"), on=on, known_at=KNOWN, language="en")
        sites = list(Site.objects.all())
        stands = {site.ref: site_standing(actor=actor, site=site, on=on, known_at=KNOWN) for site in sites}
    assert again[SECOND] != again[SUBJECT]
    for subject, schools in again.items():
        counts = {ref: (staff, done) for ref, (staff, done, _is_trained) in schools.items()}
        rows = [row for row in lines(files, "sites.csv") if row["training"] == subject]
        assert {row["site"]: (int(row["staff"]), int(row["done"])) for row in rows} == counts
        told = {ref: (e.staff, e.done) for ref, found in stands.items() for e in found if e.subject == subject}
        assert told == counts
    ((asked, line),) = report.also
    assert (asked.subject, line.trained_count) == (SECOND, sum(trained for *_n, trained in again[SECOND].values()))


def test_the_manifest_tells_of_every_file_and_no_file_of_a_name_or_of_who_asked() -> None:
    world = World(7)
    with in_district(world.district.pk):
        actor = asking(world)
        made = make_pack(actor=actor, of=Question(dt.date(2026, 3, 1), KNOWN, "en"))
        names = set(Person.objects.values_list("family_name", flat=True)) | set(
            Site.objects.values_list("name", flat=True)
        )
    files = opened(made.content)
    told = files.pop("manifest.txt")
    assert told == manifest(files)
    assert told.decode().splitlines() == [f"{digest(files[name])}  {name}" for name in sorted(files)]
    assert bundle(files) == made.content
    assert files["summary.pdf"].startswith(b"%PDF")
    texts = b"".join(content for name, content in files.items() if name != "summary.pdf").decode()
    assert [name for name in names if name in texts] == []
    assert made.person_count == len({row["person"] for row in lines(files, "people.csv")})


def asked_for(actor: Any, on: dt.date = dt.date(2026, 3, 1)) -> PackFile:
    return ask_for_pack(actor=actor, of=Question(on, KNOWN, "en"), at=AT)


def test_a_pack_is_asked_for_made_by_a_job_and_known_by_its_digest() -> None:
    world = World(8)
    with in_district(world.district.pk):
        actor = asking(world)
        file = asked_for(actor)
        assert is_being_made(file, AT) and not is_being_made(file, AT + SILENT)
        again = ask_for_file(actor=actor, ref=file.ref, at=AT)  # somebody else wants it too: one making is enough
        assert (again.pk, again.asked_at) == (file.pk, AT)
        with pytest.raises(Invalid):
            ask_for_pack(actor=actor, of=Question(file.on, AT, "en"), at=AT)
        with pytest.raises(NotAllowed):
            asked_for(clerk(world.district))
    for _ in range(2):  # the second time, as after a job that was killed at its very end
        make(district_id=world.district.pk, ref=file.ref)
    with in_district(world.district.pk):
        row, kept = AuditPack.objects.get(), pack_by_ref(actor=actor, ref=file.ref)
        assert (kept.pack, row.ref, row.recorded_by) == (row, file.ref, actor.name)
        assert (kept.done_count, kept.part_count) == (2, 3) and kept.content and kept.ended_at
        assert digest(bytes(kept.content)) == row.digest
        asked, made = AuditEvent.objects.filter(event__startswith="compliance.pack_").order_by("pk")
        assert (asked.data, made.data) == ({"on": "2026-03-01"}, {"digest": row.digest, "people": row.person_count})
        assert packs_with_digest(actor=actor, typed=f"{row.digest.upper()}  auditor-pack.zip") == [row]
        assert packs_with_digest(actor=actor, typed="0" * 64) == packs_with_digest(actor=actor, typed="") == []
        with pytest.raises(NotFound):
            ask_for_file(actor=actor, ref="0" * 12, at=AT)


def test_a_job_that_was_killed_between_two_parts_begins_again_and_leaves_one_pack() -> None:
    world = World(9)
    with in_district(world.district.pk):
        actor = asking(world)
        file = asked_for(actor)
        tell_part(actor=actor, ref=file.ref, done=1, parts=3, at=AT)
        told = pack_by_ref(actor=actor, ref=file.ref)
        assert (told.done_count, told.part_count, told.pack, told.content) == (1, 3, None, None)
    make(district_id=world.district.pk, ref=file.ref)
    with in_district(world.district.pk):
        assert AuditPack.objects.count() == PackFile.objects.filter(kept_until__isnull=False).count() == 1


def test_a_file_goes_after_its_days_and_the_question_makes_the_same_again() -> None:
    world = World(10)
    with in_district(world.district.pk):
        actor = asking(world)
        file = asked_for(actor)
        first = make_pack(actor=actor, of=question_of(file))
        keep_pack(actor=actor, ref=file.ref, made=first, at=AT)
        assert [forget_pack_files(actor=actor, at=AT + days * DAY) for days in (6, 7, 8)] == [0, 1, 0]
        gone = pack_by_ref(actor=actor, ref=file.ref)
        assert (gone.content, gone.kept_until, gone.pack.digest) == (None, None, first.digest)
        ask_for_file(actor=actor, ref=file.ref, at=AT + 8 * DAY)
    make(district_id=world.district.pk, ref=file.ref)
    with in_district(world.district.pk):
        assert bytes(pack_by_ref(actor=actor, ref=file.ref).content or b"") == first.content
        forget_pack_files(actor=actor, at=AT + 99 * DAY)
        Site.objects.update(lowest_grade=0, highest_grade=5)  # a thing without a date
        ask_for_file(actor=actor, ref=file.ref, at=AT + 99 * DAY)
        keep_pack(actor=actor, ref=file.ref, made=make_pack(actor=actor, of=question_of(file)), at=AT + 99 * DAY)
        changed = pack_by_ref(actor=actor, ref=file.ref)
        assert changed.has_changed and changed.content is None and AuditPack.objects.get().digest == first.digest
