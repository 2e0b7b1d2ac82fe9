"""What the parameters of the open standard ask for. One that makes no sense is refused by name, never passed over."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from upstander.foundation.kernel.errors import Invalid, refuse
from upstander.program.directory.selectors.sharing import PER_PAGE, PER_PAGE_MOST, Asked

LAST_PAGE = 999_999
FORMATS = ("json", "ndjson")


def _choice(*words: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[(word, word) for word in words], required=False)


class AskedForm(forms.Form):
    """The parameters by their names in the standard."""

    page = forms.IntegerField(min_value=1, max_value=LAST_PAGE, required=False)
    per_page = forms.IntegerField(min_value=1, required=False)
    search = forms.CharField(max_length=200, required=False)
    taxonomy_term_id = forms.CharField(max_length=100, required=False)
    taxonomy_id = forms.CharField(max_length=100, required=False)
    organization_id = forms.CharField(max_length=100, required=False)
    parent_id = forms.CharField(max_length=100, required=False)
    modified_after = forms.DateTimeField(required=False)
    postcode = forms.RegexField(r"^\d{5}(-\d{4})?$", required=False)
    proximity = forms.FloatField(min_value=0, required=False)
    minimal = _choice("true", "false")
    full = _choice("true", "false")
    full_service = _choice("true", "false")
    top_only = _choice("true", "false")
    format = _choice(*FORMATS)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("proximity") is not None and not self["postcode"].value():
            self.add_error("proximity", "It is reckoned from the middle of a postcode: please give that too.")
        return told

    def asked(self) -> Asked:
        """What the selectors take."""
        told = self.cleaned_data
        return Asked(
            page=told["page"] or 1,
            per_page=min(told["per_page"] or PER_PAGE, PER_PAGE_MOST),
            words=told["search"],
            term=told["taxonomy_term_id"],
            taxonomy=told["taxonomy_id"],
            organization=_uid(told["organization_id"]),
            parent=told["parent_id"],
            since=told["modified_after"],
            postcode=told["postcode"][:5],
            meters=told["proximity"],
            is_full=told["full"] == "true",
            is_minimal=told["minimal"] == "true",
            with_services=told["full_service"] == "true",
        )


def read_asked(query: QueryDict) -> tuple[Asked, bool]:
    """What is asked for, and whether as one line for each record. Raises Invalid with a sentence for each parameter.

    A moment without a zone is one of UTC, as programs mean it.
    """
    form = AskedForm(query)
    with timezone.override(dt.UTC):
        refuse(Invalid(" ".join(map(str, said)), name) for name, said in form.errors.items())
    return form.asked(), form.cleaned_data["format"] == "ndjson"


def _uid(typed: str) -> uuid.UUID | None:
    """The id; one that is none belongs to nobody, so that it finds nothing instead of everything."""
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError:
        return uuid.UUID(int=0)
