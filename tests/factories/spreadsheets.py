"""Three spreadsheets as districts really keep them, made here: all names are invented."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from upstander.engines.tables.sheets import letter

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


class Formula(str):
    """A computed cell; its text is `formula=>value last computed`."""


class Serial(int):
    """A day as a workbook keeps it: days since the end of 1899, with the dress of a date."""


Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]


def workbook(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """An .xlsx with these sheets, by name; `merged` are areas such as "A1:C1" by sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")}))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(sheets, 1)
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        targets = {f"rId{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)}
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(targets | {"rIdS": ("styles", "styles.xml")}))
        archive.writestr("xl/styles.xml", STYLES)
        for index, (name, rows) in enumerate(sheets.items(), 1):
            archive.writestr(f"xl/worksheets/sheet{index}.xml", _sheet(rows, (merged or {}).get(name, ())))
    return out.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{t}"/>' for i, (kind, t) in targets.items())
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def _sheet(rows: Rows, merged: Sequence[str]) -> str:
    drawn = "".join(
        f'<row r="{index}">{"".join(_cell(f"{letter(c)}{index}", cell) for c, cell in enumerate(row))}</row>'
        for index, row in enumerate(rows, 1)
    )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    areas = f'<mergeCells count="{len(merged)}">{areas}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{drawn}</sheetData>{areas}</worksheet>'


def _cell(place: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Formula):
        formula, _, result = value.partition("=>")
        return f'<c r="{place}" t="str"><f>{escape(formula)}</f>{f"<v>{escape(result)}</v>" if result else ""}</c>'
    if isinstance(value, Serial):
        return f'<c r="{place}" s="1"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


MARCH_4 = Serial(45720)  # 2025-03-04

# 1. A workbook: a title over merged cells, the header in row 4, a column for each year, half of it empty.
TRAINED: Rows = [
    ["Schools trained – DO NOT DELETE", None, None, None, None],
    [],
    [None, "updated by the office"],
    ["Site", "Loc. Code", "2022-23", "2023-24", "2024-25"],
    ["Lincoln HS", "0101", "X", "x", MARCH_4],
    ["Lincoln HS", None, None, "yes", None],  # two schools bear this name
    ["Roosevelt Middle School", "0103", None, "45", "03/04/2025"],
    [None, None, None, None, None],
    ["Adams  Jr. High", "9999", "no", Formula('IF(1,"X","")=>X'), "soon"],
    ["Merged Academy", "0105", "X", None, None],
    [None, None, None, "X", None],
    ["Dr. Seuss Charter", None, None, None, "X"],
    ["Site", "Loc. Code", "2022-23", "2023-24", "2024-25"],
    ["TOTAL", None, 3, 4, Formula("COUNTA(E5:E12)=>4")],
]


def schools_trained() -> bytes:
    return workbook({"Trained": TRAINED, "Ideas": [["call the district"]]}, {"Trained": ["A1:E1", "A10:A11"]})


# 2. What a learning system wrote, saved again by a spreadsheet program: windows-1252, semicolons, three kinds of day.
LEARNING_SYSTEM = """Informe de finalización;;;;
Employee Name;Employee ID;Course Title;Completed On;Comments
Núñez, Ana;004711;CSEC Awareness 2025;03/04/2025;
Bright, Sam;815;CSEC Awareness 2025;2025-02-01;asked about a student
Okoro, Ife;000816;csec awareness 2025;4 de marzo de 2025;
Okoro, Ife;000816;CSEC Awareness 2025;25/12/2025;
;;;;
Employee Name;Employee ID;Course Title;Completed On;Comments
Vega, Luz;000817;Bloodborne Pathogens;02/02/2025;
Vega, Luz;=A1;CSEC Awareness 2025;02/02/2025;
Nobody, Known;999999;CSEC Awareness 2025;12/31/2024;
Vega, Luz;000817;CSEC Awareness 2025;;
"""


def learning_system() -> bytes:
    return LEARNING_SYSTEM.encode("cp1252")


# 3. A list kept by hand, saved as "Unicode text": tabs, UTF-16, names only, a school year or a day in one column.
BY_HAND = (
    "Escuela\tFecha\tAsistentes\nLincoln High School\t2024-25\t30\nroosevelt ms\t2/1/2025\t1,200\nNowhere\t2023-24\t\n"
)


def by_hand() -> bytes:
    return BY_HAND.encode("utf-16")
