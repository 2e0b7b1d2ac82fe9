"""A person's name, as they bear it now."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.people import events
from upstander.district.people.models import Person
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.foundation.kernel.text import sort_key


@transaction.atomic
def rename_person(*, actor: Actor, ref: str, given_name: str, family_name: str, at: dt.datetime) -> Person | None:
    """Write a person's name anew; None when it is what it was. Needs `people.amend`.

    The name before is kept nowhere: whoever changed theirs need not meet the old one. Raises Invalid without a name.
    """
    require(actor, "people.amend", Place(actor.district_id))
    person = Person.objects.select_for_update(no_key=True).filter(district_id=actor.district_id, ref=ref).first()
    if person is None:
        raise NotFound(ref)
    given, family = " ".join(given_name.split()), " ".join(family_name.split())
    if not (given or family):
        raise Invalid(_("Please write a name."), "given_name")
    if (person.given_name, person.family_name) == (given, family):
        return None
    person.given_name, person.family_name = given, family
    person.sort_key = sort_key(f"{family} {given}")
    person.save(update_fields=["given_name", "family_name", "sort_key"])
    record(events.RENAMED, actor=actor, subject=person.ref, at=at)
    return person
