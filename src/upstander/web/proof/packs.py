"""Auditor packs: asking for one, taking it along, and telling which question a given one answers."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.access import scope
from upstander.program.compliance.selectors.packs.kept import is_being_made, pack_by_ref, packs_asked, packs_with_digest
from upstander.program.compliance.selectors.packs.rows import Question, names_now
from upstander.program.compliance.services import ask_for_file, ask_for_pack
from upstander.program.compliance.services.packs import SETTLES
from upstander.web.proof.forms import PackCheckForm, PackForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.papers import as_csv

REFRESH_SECONDS = 3


@needs("proof.pack")
@read_or_send
def packs(request: DistrictRequest) -> HttpResponse:
    """Ask for a pack, and see those that were made or are being made."""
    today = timezone.localdate(request.at)
    first = {"on": today, "language": get_language() or "en"}
    form = PackForm(request.POST if request.method == "POST" else None, initial=first, today=today)
    if request.method == "POST" and form.is_valid():
        of = Question(form.cleaned_data["on"], form.known_at(request.at - SETTLES), form.cleaned_data["language"])
        return _to(ask_for_pack(actor=request.actor, of=of, at=request.at).ref)
    context = {"form": form, "files": packs_asked(actor=request.actor)}
    return render(request, "proof/packs.html", context, status=422 if form.errors else 200)


@needs("proof.pack")
@read_or_send
def pack(request: DistrictRequest, ref: str) -> HttpResponse:
    """One pack: its question, how far it is or its checksum, and the ways to take it along or have it made again."""
    if request.method == "POST":
        return _to(ask_for_file(actor=request.actor, ref=ref, at=request.at).ref)
    file = pack_by_ref(actor=request.actor, ref=ref)
    context = {
        "file": file,
        "is_being_made": is_being_made(file, request.at),
        "refresh": REFRESH_SECONDS,
        "may_read_names": scope(request.actor, "people.read").everywhere,
    }
    return render(request, "proof/pack.html", context)


@needs("proof.pack")
@require_safe
def pack_file(request: DistrictRequest, ref: str) -> HttpResponse:
    """The file as it was made; where its time is over, the page on which it can be made again."""
    file = pack_by_ref(actor=request.actor, ref=ref)
    if file.content is None:
        return _to(ref)
    headers = {"Content-Disposition": f'attachment; filename="auditor-pack-{file.on.isoformat()}.zip"'}
    return HttpResponse(bytes(file.content), content_type="application/zip", headers=headers)


@needs("proof.pack")
@require_safe
def pack_names(request: DistrictRequest) -> HttpResponse:
    """Whom and which site each mark stands for, by today's names: beside the pack, because names can change."""
    head = [_("Kind"), _("Mark"), _("Number"), _("Name")]
    return as_csv("names.csv", head, names_now(actor=request.actor))


@needs("proof.pack")
@read_or_send
def check_pack(request: DistrictRequest) -> HttpResponse:
    """Which question a pack answers, by its checksum or by the file itself."""
    is_sent = request.method == "POST"
    form = PackCheckForm(request.POST, request.FILES) if is_sent else PackCheckForm()
    context: dict[str, object] = {"form": form}
    if is_sent and form.is_valid():
        file, typed = form.cleaned_data["file"], form.cleaned_data["digest"]
        digest = _digest(file) if file else typed
        found = packs_with_digest(actor=request.actor, typed=digest)
        context |= {"is_answered": True, "found": found, "digest": digest}
    return render(request, "proof/pack_check.html", context, status=422 if form.errors else 200)


def _to(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("proof:pack", args=[ref]))


def _digest(file: "UploadedFile[Any]") -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()
