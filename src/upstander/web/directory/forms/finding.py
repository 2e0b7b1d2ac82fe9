"""What readers ask for, and what they say is wrong."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.languages import further_languages, usual_languages
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.selectors.choices import ACCESS, RIGHT_LENGTH, WHAT_IS_WRONG
from upstander.program.directory.selectors.finding import Around, Sought

CITY, SCHOOL = "c.", "s."


class FindForm(forms.Form):
    """What a reader looks for. All but the words is chosen, and its signs may stand in the address."""

    is_filter = True  # nothing has to be said, and that is not told at each field
    w = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    n = forms.ChoiceField(label=_("What would help?"), required=False)
    p = forms.ChoiceField(label=_("Where?"), required=False)
    l = forms.ChoiceField(label=_("Which language?"), required=False)  # noqa: E741
    a = forms.ChoiceField(
        label=_("What should be there?"), required=False, choices=[("", _("It does not matter")), *ACCESS]
    )
    o = forms.BooleanField(label=_("Only what is open now"), required=False)
    f = forms.BooleanField(label=_("Only what is free"), required=False)

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found, language = shipped(), (get_language() or "en")
        needs = [(need.sign, need.name.in_language(language)) for need in found.needs.values()]
        cities = [(CITY + city, city) for city in around.cities]
        schools = [(SCHOOL + ref, name) for ref, name in around.schools]
        places = [(_("In this city or area"), cities), (_("Close to this school"), schools)]
        self.fields["n"].choices = [("", _("Anything")), *needs]  # type: ignore[attr-defined]
        self.fields["l"].choices = [("", _("Any language")), *usual_languages(), *further_languages()]  # type: ignore[attr-defined]
        self.fields["p"].choices = [("", _("Anywhere")), *(group for group in places if group[1])]  # type: ignore[attr-defined]

    def sought(self) -> Sought:
        """What the selector takes. A choice that is not there any more is left out, not refused."""
        told = self.cleaned_data
        sign, place = told.get("n", ""), told.get("p", "")
        return Sought(
            words=told.get("w", ""),
            need=next((need.key for need in shipped().needs.values() if need.sign == sign), ""),
            language=told.get("l", ""),
            city=place.removeprefix(CITY) if place.startswith(CITY) else "",
            near=place.removeprefix(SCHOOL) if place.startswith(SCHOOL) else "",
            access=told.get("a", ""),
            open_now=bool(told.get("o")),
            is_free=bool(told.get("f")),
        )

    def signs(self) -> dict[str, str]:
        """What was chosen, as an address may hold it."""
        told = {name: self.cleaned_data.get(name) for name in SIGNS}
        return {name: "1" if value is True else str(value) for name, value in told.items() if value}


SIGNS = tuple(name for name in FindForm.base_fields if name != "w")


class WrongForm(forms.Form):
    """What is wrong, chosen; and its right value, if the reader knows it."""

    what = forms.ChoiceField(label=_("What is wrong?"), choices=WHAT_IS_WRONG, widget=forms.RadioSelect)
    right = forms.CharField(
        label=_("What would be right?"),
        help_text=_("Only the number, the address or the hours. Please write nothing about yourself or anybody."),
        max_length=RIGHT_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
