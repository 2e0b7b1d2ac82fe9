"""The offices of a school where a student can find help, as closed lists: no line has room for a person's name.

What an office is called says nothing of why somebody goes there.
"""

import re

from upstander.foundation.kernel.content import Text

OFFICES = {
    "counseling": Text("Counseling office", "Oficina de consejería"),
    "nurse": Text("Nurse or health office", "Enfermería u oficina de salud"),
    "social_work": Text("School social worker", "Trabajo social de la escuela"),
    "psychologist": Text("School psychologist", "Psicología escolar"),
    "front": Text("Front office", "Oficina principal"),
    "attendance": Text("Attendance office", "Oficina de asistencia"),
    "wellness": Text("Wellness center", "Centro de bienestar"),
    "housing": Text("Help with housing, food or foster care", "Ayuda con vivienda, comida o cuidado de crianza"),
    "library": Text("Library", "Biblioteca"),
    "after_school": Text("After-school program", "Programa después de clases"),
}
OPEN = {
    "all_day": Text("All school day", "Todo el día escolar"),
    "before": Text("Before school", "Antes de clases"),
    "lunch": Text("At lunch", "A la hora del almuerzo"),
    "before_lunch": Text("Before school and at lunch", "Antes de clases y a la hora del almuerzo"),
    "after": Text("After school", "Después de clases"),
    "ask": Text("Ask at the front office for a time", "Pide una hora en la oficina principal"),
}
# "12", "B-204", "Room 12A", "Salón 7": a word at most, and a number.
ROOM = re.compile(r"([^\W\d_]{1,10}[ \-]?)?\d{1,4}[^\W\d_]?")


def office_key(name: Text) -> str:
    """The key of an office by its name; "" for a name that is none of the list."""
    return next((key for key, known in OFFICES.items() if known == name), "")


def is_room(text: str) -> bool:
    """Whether the text is the number of a room, and nothing else."""
    return ROOM.fullmatch(text) is not None
