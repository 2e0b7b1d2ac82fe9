"""What a district writes about a campaign, and what a site says of it. Checks shape only."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.engines.observances import Returns
from upstander.foundation.kernel.content import Text
from upstander.program.library.content.kits import WORDS, Kit, Piece
from upstander.program.library.content.pages import Audience
from upstander.program.library.selectors.campaigns import Version
from upstander.program.library.services.campaigns import Plan
from upstander.program.library.states import AIMS, Aim
from upstander.web.shared.widgets import DayInput

LANGUAGES = {"en": _("In English"), "es": _("In Spanish")}
LONGEST_PIECE = 2000
RETURNS = {
    Returns.ONCE: _("No, only this once"),
    Returns.SAME_DAYS: _("Every year on the same days"),
    Returns.SAME_WEEKDAY: _("Every year on the same weekday of the month"),
}
FOR = {
    Audience.EVERYONE: _("Everyone"),
    Audience.STUDENTS: _("Students"),
    Audience.FAMILIES: _("Families"),
    Audience.STAFF: _("Staff"),
}


def _lines_field(piece: Piece, language: str) -> forms.CharField:
    box = forms.Textarea({"rows": 4, "lang": language, "dir": "auto"})
    field = forms.CharField(label=LANGUAGES[language], max_length=LONGEST_PIECE, widget=box)
    field.where = WORDS[piece]  # type: ignore[attr-defined]
    return field


class CampaignForm(forms.Form):
    """A campaign: what, when, for whom, what for; and by piece its words, a line in a row, in both languages."""

    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=60)
    first_on = forms.DateField(label=_("First day"), widget=DayInput())
    last_on = forms.DateField(label=_("Last day"), widget=DayInput())
    returns = forms.ChoiceField(
        label=_("Does it repeat?"), choices=list(RETURNS.items()), widget=forms.RadioSelect, initial=Returns.ONCE
    )
    audience = forms.ChoiceField(label=_("For whom is it?"), choices=list(FOR.items()))
    aims = forms.MultipleChoiceField(
        label=_("What is it for?"), choices=list(AIMS.items()), widget=forms.CheckboxSelectMultiple
    )
    nobody = forms.BooleanField(
        label=_("Nobody can be recognized: no student, no name, no face, no school, no place."),
        error_messages={"required": _("Read the words once more for this, then tick the box.")},
    )

    announcement_en = _lines_field(Piece.ANNOUNCEMENT, "en")
    announcement_es = _lines_field(Piece.ANNOUNCEMENT, "es")
    bulletin_en = _lines_field(Piece.BULLETIN, "en")
    bulletin_es = _lines_field(Piece.BULLETIN, "es")
    posts_en = _lines_field(Piece.POSTS, "en")
    posts_es = _lines_field(Piece.POSTS, "es")
    sheet_en = _lines_field(Piece.SHEET, "en")
    sheet_es = _lines_field(Piece.SHEET, "es")

    @property
    def pieces(self) -> Iterator[tuple[str, Any, list[forms.BoundField]]]:
        """The fields of each piece under its name, for the template."""
        for piece in Piece:
            yield piece.value, WORDS[piece], [self[f"{piece}_{language}"] for language in LANGUAGES]

    def clean(self) -> dict[str, Any]:
        for piece in Piece:
            en, es = (self._lines(piece, language) for language in LANGUAGES)
            if en and es and len(en) != len(es):
                self.add_error(f"{piece}_es", _("Write as many lines as in English: each one says the same."))
        return self.cleaned_data

    def plan(self) -> Plan:
        """What the service takes."""
        given = self.cleaned_data
        kit: Kit = {
            piece: tuple(Text(*pair) for pair in zip(*(self._lines(piece, each) for each in LANGUAGES), strict=True))
            for piece in Piece
        }
        return Plan(
            name=Text(" ".join(given["name_en"].split()), " ".join(given["name_es"].split())),
            first_on=given["first_on"],
            last_on=given["last_on"],
            returns=Returns(given["returns"]),
            audience=Audience(given["audience"]),
            aims=tuple(map(Aim, given["aims"])),
            kit=kit,
        )

    def _lines(self, piece: Piece, language: str) -> list[str]:
        typed = self.cleaned_data.get(f"{piece}_{language}") or ""
        return [said for line in typed.splitlines() if (said := " ".join(line.split()))]


class CountForm(forms.Form):
    """How many people a site reached."""

    people = forms.IntegerField(
        label=_("How many people did it reach?"),
        help_text=_("About how many heard, read or came. 0 if you only begin. Never a list of names."),
        widget=forms.NumberInput({"inputmode": "numeric", "min": 0}),
    )


def held(version: Version) -> dict[str, Any]:
    """What the form begins with when a campaign is written anew."""
    row = version.row
    names = ("name_en", "name_es", "first_on", "last_on", "returns", "audience", "aims")
    said = {
        f"{piece}_{language}": "\n".join(line.in_language(language) for line in lines)
        for piece, lines in version.kit.items()
        for language in LANGUAGES
    }
    return {name: getattr(row, name) for name in names} | said
