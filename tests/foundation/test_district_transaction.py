"""The district setting: it ends with the transaction, comes back after a nested one, and the database obeys it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from tests.factories import LONG_AGO, make_district, make_region, make_site
from tests.moments import AT
from upstander.district.places.models import Region, SiteRegion
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district

pytestmark = pytest.mark.django_db


def setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.district', true)")
        return str(cursor.fetchone()[0] or "")


def test_a_nested_district_gives_the_outer_one_back() -> None:
    home, other = make_district("alder"), make_district("fork", "north.localhost")
    with in_district(home.pk):
        with in_district(other.pk):
            assert setting() == str(other.pk)
        assert setting() == str(home.pk)
    assert setting() == ""


def test_a_nested_district_that_fails_gives_the_outer_one_back() -> None:
    home, other = make_district("alder"), make_district("fork", "north.localhost")
    with in_district(home.pk):
        with pytest.raises(ZeroDivisionError), in_district(other.pk):
            raise ZeroDivisionError
        assert setting() == str(home.pk)


def test_a_row_cannot_be_written_for_another_district() -> None:
    home, other = make_district("alder"), make_district("fork", "north.localhost")
    with in_district(home.pk), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Region.objects.create(district_id=other.pk, name="West", starts_on=LONG_AGO, recorded_at=AT)


def test_a_foreign_key_cannot_cross_districts() -> None:
    home, other = make_district("alder"), make_district("fork", "north.localhost")
    site, far = make_site(home), make_region(other)
    with in_district(home.pk), pytest.raises(IntegrityError, match="region_id_district_fk"), transaction.atomic():
        SiteRegion.objects.create(district_id=home.pk, site=site, region_id=far.pk, starts_on=LONG_AGO, recorded_at=AT)


def test_a_reading_transaction_refuses_to_write() -> None:
    home = make_district()
    with pytest.raises(DatabaseError, match="read-only"), in_district(home.pk, read_only=True):
        Region.objects.create(district_id=home.pk, name="West", starts_on=LONG_AGO, recorded_at=AT)


def test_the_audit_cannot_be_changed_or_erased() -> None:
    home = make_district()
    for work in (lambda: AuditEvent.objects.update(event="x"), lambda: AuditEvent.objects.all().delete()):
        with in_district(home.pk), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            work()


def test_an_unknown_host_sees_a_neutral_chooser_and_no_district_of_its_own(client: Client) -> None:
    make_district()
    answer = client.get("/en/", SERVER_NAME="elsewhere.example")
    assert answer.status_code == 404
    assert "localhost" in answer.content.decode()
    assert not answer.cookies


def test_a_server_error_rolls_back_what_was_written(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_district()

    def breaks(request: object) -> None:
        Region.objects.create(district_id=home.pk, name="Half done", starts_on=LONG_AGO, recorded_at=AT)
        raise ZeroDivisionError

    from upstander.web.account import views

    monkeypatch.setattr(views, "check_sign_in", lambda **_: breaks(None))
    client.raise_request_exception = False
    from upstander.web.shared.anonymous_forms import form_token

    answer = client.post(
        "/en/account/sign-in/",
        {"email": "a@example.org", "password": "x", "form_token": form_token("sign-in")},
        headers={"origin": "http://localhost"},
        SERVER_NAME="localhost",
    )
    assert answer.status_code == 500
    with in_district(home.pk):
        assert Region.objects.filter(name="Half done").count() == 0
