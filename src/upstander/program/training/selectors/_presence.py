"""Reading the attendance ledger: the latest row about a person or a number counts."""

from upstander.program.training.models import AttendanceMark, Session

GONE = {AttendanceMark.How.STRUCK}
SETTLED = {AttendanceMark.How.MATCHED, AttendanceMark.How.SET_ASIDE}


def latest_by_person(session: Session) -> dict[int, str]:
    """How each person was last marked."""
    marks = AttendanceMark.objects.filter(session=session, person__isnull=False).order_by("id")
    return {person: how for person, how in marks.values_list("person_id", "how") if person is not None}


def people_present(session: Session) -> list[int]:
    """Ids of everyone who counts as present, in a steady order."""
    return sorted(person for person, how in latest_by_person(session).items() if how not in GONE)


def unmatched_numbers(session: Session) -> list[str]:
    """Staff numbers as typed that nobody is known by, and that nobody has settled, in order of arrival."""
    marks = AttendanceMark.objects.filter(session=session).exclude(staff_number="").order_by("id")
    told = list(marks.values_list("staff_number", "how"))
    settled = {number for number, how in told if how in SETTLED}
    return list(dict.fromkeys(number for number, how in told if number not in settled and how not in SETTLED))
