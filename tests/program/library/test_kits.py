"""The kits that ship: one for each observance, in both languages, easy enough, and nobody to be recognized in them."""

import pytest
from django.conf import settings

from upstander.foundation.kernel.content import Text
from upstander.program.facts.content.language import findings, read_rules
from upstander.program.library.content.kits import FOLDER, Piece, kit_levels
from upstander.program.library.selectors.kits import shipped_kits
from upstander.program.library.selectors.observances import shipped_observances

RULES = read_rules(settings.CONTENT)


def test_every_observance_has_words_for_every_use() -> None:
    assert set(shipped_kits()) == set(shipped_observances())
    assert all(kit[piece] for kit in shipped_kits().values() for piece in Piece)


def test_whoever_hears_a_piece_can_follow_it() -> None:
    hard = [
        (key, each.piece) for key, kit in shipped_kits().items() for each in kit_levels(kit) if not each.level.is_kept
    ]
    assert hard == []


@pytest.mark.parametrize(
    ("en", "es", "broken"),
    [
        ("Post your picture with a ribbon.", "Usa un listón.", {"en"}),
        ("Use a ribbon.", "Sube tu foto con un listón.", {"es"}),
        ("Tag our school and share your location.", "Etiqueta tu escuela.", {"en", "es"}),
        ("Our student of the month tells it.", "La estudiante del mes lo cuenta.", {"en", "es"}),
        ("We rescue children.", "Hay ayuda.", {"en"}),
        ("Take a picture of ribbons.", "Toma una foto de listones.", set()),
    ],
)
def test_a_kit_may_not_show_name_or_place_a_student(en: str, es: str, broken: set[str]) -> None:
    assert {found.language for found in findings(Text(en, es), RULES, kind=FOLDER)} == broken


def test_a_page_may_warn_of_what_a_kit_may_not_say() -> None:
    assert list(findings(Text("Never tag our school.", "No se ponga la ubicación."), RULES, kind="pages")) == []
