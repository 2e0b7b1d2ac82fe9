"""Pages wholly a district's own: who sits where they are written, what becomes of them, and how they end."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from upstander.district.accounts.models import Account
from upstander.district.accounts.selectors import account_of
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require, scope
from upstander.foundation.kernel.actor import Actor, Kind, job
from upstander.foundation.kernel.errors import NotFound, WrongState
from upstander.program.library import events, states
from upstander.program.library.models import OwnPage, OwnShelf, Seat, Shelf
from upstander.program.library.selectors.own import seats_of
from upstander.program.library.services._hold import hold_district

BELOW_ROOT = 2
ENTER = ("wagtailadmin", "access_admin")
WRITE = ("add_page", "change_page")
SEEN_BY_READERS = frozenset({"wagtail.publish", "wagtail.unpublish", "wagtail.delete"})
ADD_PICTURES = ("add_image", "choose_image")  # never changed: another picture is another row, and reviewed anew


@transaction.atomic
def take_seats(*, actor: Actor, at: dt.datetime) -> None:
    """Bring the actor's seats at the explorer in line with what it may do today; nothing when they are.

    Asked whenever somebody enters, so that a grant that ended at midnight opens nothing in the morning. Opens the
    district's shelf for the first who comes.
    """
    wanted = {role for role, capability in states.SEATS.items() if scope(actor, capability).everywhere}
    held = seats_of(actor=actor)
    if wanted == held or actor.account_id is None:
        return
    _open_shelf(actor, at)
    account = account_of(actor=actor)
    groups = {seat.role: seat.group for seat in Seat.objects.filter(district_id=actor.district_id)}
    account.groups.add(*(groups[role] for role in wanted - held))
    account.groups.remove(*(groups[role] for role in held - wanted))
    record(events.SEATED, actor=actor, subject=account.ref, at=at, roles=sorted(wanted))


@transaction.atomic
def take_out(*, actor: Actor, key: str, at: dt.datetime) -> None:
    """Take a page of the district's own away from readers, at once and without a review. Needs `pages.edit`.

    Raises NotFound, and WrongState for one that no reader sees. Its text stays with those who write.
    """
    require(actor, "pages.edit", Place(actor.district_id))
    page = OwnPage.objects.select_for_update(of=("self",)).filter(slug=key).first()
    if page is None:
        raise NotFound("page")
    if not page.live:
        raise WrongState(_("No reader sees this page."))
    UnpublishPageAction(page, user=account_of(actor=actor)).execute(skip_permission_checks=True)
    record(events.PAGE_TAKEN_OUT, actor=actor, subject=key, at=at)


@transaction.atomic
def publish_due(*, actor: Actor, at: dt.datetime) -> None:
    """Show the district's pages whose day has come and take out those whose last day is over. Doing it twice is safe.

    Wagtail does it, by its own clock; only approved versions have such a day.
    """
    call_command("publish_scheduled", verbosity=0)


@transaction.atomic
def note_step(*, account: Account | None, page_id: int, step: str, at: dt.datetime) -> None:
    """Write into the audit what Wagtail did to a page of the district's own; tell of it where readers see it.

    Takes no actor: Wagtail tells who it was; nobody, where a day had come.
    """
    page = Page.objects.filter(pk=page_id).first()
    shelf = Shelf.objects.first()
    if page is None or shelf is None:
        return
    actor = job("library.publish_due", shelf.district_id, frozenset())
    if account:
        actor = Actor(Kind.PERSON, shelf.district_id, account.ref, account_id=account.pk)
    record(events.PAGE_STEP, actor=actor, subject=page.slug, at=at, step=step)
    if step in SEEN_BY_READERS:
        events.CHANGED.tell(actor)


def _open_shelf(actor: Actor, at: dt.datetime) -> None:
    """The district's branch of both trees, with a group for each role that sits there."""
    district = hold_district(actor)
    if Shelf.objects.filter(district_id=district.pk).exists():
        return
    shelf = Shelf(
        district_id=district.pk, page_path=_branch(Page, district.pk), collection_path=_branch(Collection, district.pk)
    )
    shelf.save(force_insert=True)
    page = OwnShelf(title=district.name, slug=shelf.ref.lower(), path=shelf.page_path, depth=BELOW_ROOT, numchild=0)
    page.save()
    collection = Collection(name=district.name, path=shelf.collection_path, depth=BELOW_ROOT, numchild=0)
    collection.save()
    groups = {role: _group(shelf, role) for role in states.SEATS}
    _let_write(groups[states.EDITOR], page, collection)
    record(events.SHELF_OPENED, actor=actor, subject=shelf.ref, at=at)


def _branch(tree: Any, district_id: int) -> str:
    """The path of the district's branch: by its id, because its neighbors' are behind row security."""
    root = tree.objects.get(depth=1)
    return str(tree._get_path(root.path, BELOW_ROOT, district_id))


def _group(shelf: Shelf, role: str) -> Group:
    group = Group(name=f"{shelf.ref} {role}")
    group.save(force_insert=True)
    app, codename = ENTER
    group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    Seat(district_id=shelf.district_id, role=role, group=group).save(force_insert=True)
    return group


def _let_write(group: Group, page: OwnShelf, collection: Collection) -> None:
    """Editors write pages and add pictures. Nobody is let publish: only the last review does."""
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=WRITE):
        GroupPagePermission(group=group, page=page, permission=permission).save(force_insert=True)
    for permission in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=ADD_PICTURES):
        GroupCollectionPermission(group=group, collection=collection, permission=permission).save(force_insert=True)
