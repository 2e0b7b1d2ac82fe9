"""Three lists as a district really keeps them, and how they are brought in. All names are invented."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.spreadsheets import Formula, Rows, Serial, workbook
from tests.web.year.visitor import Typed, Visitor

MARCH_4 = Serial(45720)  # 2025-03-04
TRAINED: Rows = [
    ["Schools trained – DO NOT DELETE", None, None, None, None],
    [],
    ["Site", "Loc. Code", "2022-23", "2023-24", "2024-25"],
    ["Lincoln HS", "0101", "X", "x", MARCH_4],
    ["Lincoln HS", None, None, "yes", None],  # two schools bear this name
    ["Roosevelt Middle School", "0103", None, "45", "03/04/2025"],
    ["Elm  Middle", "0104", "no", Formula('IF(1,"X","")=>X'), "soon"],
    ["TOTAL", None, 1, 4, Formula("COUNTA(E5:E7)=>3")],
]
FORMER = """Site code,Request date,How many,Status,Type,Contact email
0104,10/7/2026,6,Open,Staff session,
0103,2/4/2025,35,Completed,Staff session,
"""
LEARNED = """Informe de finalización;;;
Employee Name;Employee ID;Course Title;Completed On
Staff01010, Alex;01010;Awareness 2025;03/04/2026
Alex Staff01010;01010;Awareness 2025;2026-03-04
Wells, Chris;01020;awareness 2025;4 de marzo de 2026
Nobody, Known;999999;Awareness 2025;12/31/2024
"""
WITHOUT_REFUSED: dict[str, Typed] = {"without_refused": True}


def bring_in(office: Visitor) -> None:
    """Upload, match, look, apply; the first one is undone and applied again, and what was matched is remembered."""
    trained = ("trained.xlsx", workbook({"Trained": TRAINED}, {"Trained": ["A1:E1"]}), "site_trainings")
    _begin(office, *trained)
    office.decide("Go to the preview", {"Lincoln HS": "0102", "TOTAL": "None of these"})
    office.says("Applying records 7 rows", "row 7, column E soon This is neither a mark")
    office.press("Apply", WITHOUT_REFUSED)
    office.press("Undo this list").says("What this list had recorded no longer counts")
    _begin(office, *trained)
    office.says("2 names need your decision, 0 of them still open").press("Go to the preview")
    office.press("Apply", WITHOUT_REFUSED).says("Applied: 7 rows were recorded")
    _begin(office, "former.csv", FORMER.encode(), "requests")
    office.press("Go to the preview").says("Waits in the queue 1")
    office.press("Apply").says("1 request of this list is on its way")
    _begin(office, "learned.csv", LEARNED.encode("cp1252"), "completions")
    asked = {"Awareness 2025": "Yes", "01020": "Alex Staff01020", "999999": "None of these"}
    office.decide("Go to the preview", asked).says("Applying records 2 rows", "Twice in this list 1")
    office.press("Apply").says("Applied: 2 rows were recorded")


def _begin(office: Visitor, name: str, raw: bytes, kind: str) -> None:
    """Each of them writes days in a way that can be read in two, and is asked about it."""
    office.go("/staff/").follow("Spreadsheets")
    office.press("Upload", {"kind": kind, "file": SimpleUploadedFile(name, raw)})
    office.press("Go on", status=422).says("can be read in two ways").press("Go on", {"order": "mdy"})
