"""Signed-in readers of the board, and schools to read about."""

import datetime as dt

from django.test import Client

from tests.factories import PASSWORD, make_account, make_person, make_post, make_site
from tests.moments import AT
from tests.program.compliance.world import SUBJECT, clerk
from upstander.district.places.models import District, Site
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.services import Entry, record_completions
from upstander.web.shared.anonymous_forms import form_token

START = dt.date(2026, 7, 1)
DAY = dt.date(2026, 10, 5)


def visit(district: District, role: str = "coordinator", **place: object) -> Client:
    account = make_account()
    make_post(make_person(district, account=account), role, **place)
    client = Client(SERVER_NAME="localhost")
    sign_in = {"email": account.email, "password": PASSWORD, "form_token": form_token("sign-in")}
    assert client.post("/en/account/sign-in/", sign_in, headers={"origin": "http://localhost"}).status_code == 302
    return client


def school(district: District, name: str, staff: int, trained: int, **more: object) -> Site:
    site = make_site(district, name, **more)  # type: ignore[arg-type]
    people = [make_person(district, family_name=f"{name}son{number}") for number in range(staff)]
    for person in people:
        make_post(person, site=site)
    entries = [Entry(person.pk, SUBJECT, DAY, "import", "list") for person in people[:trained]]
    with in_district(district.pk):
        record_completions(actor=clerk(district), entries=entries, at=AT)
    return site
