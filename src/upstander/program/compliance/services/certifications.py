"""A site's head certifies, once a school year, that the standing of the staff was reviewed."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site
from upstander.district.places.selectors import place_of, school_year_on
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotAllowed, WrongState
from upstander.program.compliance import events
from upstander.program.compliance.models import SiteCertification
from upstander.program.compliance.selectors.certifications import as_kept, certification_of, site_standing


@transaction.atomic
def certify_site(*, actor: Actor, site: Site, today: dt.date, at: dt.datetime, replaces: str = "") -> SiteCertification:
    """Keep that the actor reviewed the site's standing, with what was counted at this moment. Needs `proof.certify`.

    Once a school year; with `replaces`, the ref of the row that stands, a new row takes its place. Raises WrongState
    when no school year is running, nothing is asked, or another row stands than the one meant.
    """
    require(actor, "proof.certify", place_of(actor=actor, site=site, on=today))
    if actor.person_id is None:
        raise NotAllowed("proof.certify")
    year = school_year_on(actor=actor, on=today)
    if year is None:
        raise WrongState(_("No school year is running today. Please certify when the next one has begun."))
    standing = site_standing(actor=actor, site=site, on=today, known_at=at)
    if not standing:
        raise WrongState(_("Nothing is asked of the staff of this site today, so there is nothing to certify."))
    old = certification_of(actor=actor, site=site, year=year, on=today)
    if (old.ref if old else "") != replaces:
        raise WrongState(_("This site was certified in the meantime. Please look at it again."))
    try:
        with transaction.atomic():
            row = SiteCertification.objects.create(
                district_id=actor.district_id,
                site=site,
                school_year=year,
                person_id=actor.person_id,
                certified_on=today,
                standing=as_kept(standing),
                replaces=old,
                recorded_at=at,
                recorded_by=actor.name,
            )
    except IntegrityError:
        raise WrongState(_("This site was certified in the meantime. Please look at it again.")) from None
    record(events.SITE_CERTIFIED, actor=actor, subject=row.ref, at=at, site=site.ref, replaces=replaces)
    return row
