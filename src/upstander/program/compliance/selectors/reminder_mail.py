"""What a reminder says: one mail with everything that concerns one person."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.notices.services import drawn
from upstander.program.compliance.selectors.reminder_plan import Told
from upstander.program.compliance.selectors.reminders import titles_of

KIND = "training_reminder"


def mail_text(*, actor: Actor, told: Told, on: dt.date, language: str, site_address: str) -> tuple[str, str]:
    """Subject and body exactly as they would go out in `language`. Sends and writes nothing.

    It names trainings and days of one person, so it needs `requirements.manage` in the whole district.
    """
    require(actor, "requirements.manage", Place(actor.district_id))
    titles = {language: titles_of(actor=actor, language=language)}
    return drawn(KIND, mail_facts(told, titles, on, language), language, site_address)


def mail_facts(told: Told, titles: Mapping[str, Mapping[int, str]], on: dt.date, language: str) -> dict[str, Any]:
    """What the template shows; `titles` hold each language's names of trainings by requirement."""
    known = titles.get(language) or titles["en"]
    with translation.override(language):
        items = [
            {
                "title": known.get(each["requirement"], ""),
                "due": date_format(dt.date.fromisoformat(each["due_on"]), "DATE_FORMAT"),
                "is_late": each["due_on"] < on.isoformat(),
            }
            for each in told.items
        ]
    return {"items": items, "sites": told.sites, "regions": told.regions}
