"""Auditor packs: asking for one, taking it along, and telling which question a given one answers."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from upstander.foundation.kernel.access import scope
from upstander.program.compliance.selectors.packs.kept import pack_by_ref, packs_made, packs_with_digest, question_of
from upstander.program.compliance.selectors.packs.making import make_pack
from upstander.program.compliance.selectors.packs.rows import Question, names_now
from upstander.program.compliance.services.packs import SETTLES, record_pack
from upstander.web.proof.forms import PackCheckForm, PackForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.papers import as_csv

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@needs("proof.pack")
@read_or_send
def packs(request: DistrictRequest) -> HttpResponse:
    """Ask for a pack, and see those that were made."""
    today = timezone.localdate(request.at)
    first = {"on": today, "language": get_language() or "en"}
    form = PackForm(request.POST if request.method == "POST" else None, initial=first, today=today)
    if request.method == "POST" and form.is_valid():
        of = Question(form.cleaned_data["on"], form.known_at(request.at - SETTLES), form.cleaned_data["language"])
        row = record_pack(actor=request.actor, of=of, at=request.at)
        messages.success(request, _("The pack is made. Its check sum is kept with the question."))
        return HttpResponseRedirect(reverse("proof:pack", args=[row.ref]))
    context = {"form": form, "packs": packs_made(actor=request.actor)}
    return render(request, "proof/packs.html", context, status=422 if form.errors else 200)


@needs("proof.pack")
@require_safe
def pack(request: DistrictRequest, ref: str) -> HttpResponse:
    """One pack: its question, its check sum, and the ways to take it along."""
    return _page(request, pack_by_ref(actor=request.actor, ref=ref))


@needs("proof.pack")
@require_safe
def pack_file(request: DistrictRequest, ref: str) -> HttpResponse:
    """The file, made again from its question. One that came out differently is not handed out as the same."""
    row = pack_by_ref(actor=request.actor, ref=ref)
    made = make_pack(actor=request.actor, of=question_of(row))
    if made.digest != row.digest:
        return _page(request, row, has_changed=True)
    headers = {"Content-Disposition": f'attachment; filename="auditor-pack-{row.on.isoformat()}.zip"'}
    return HttpResponse(made.content, content_type="application/zip", headers=headers)


@needs("proof.pack")
@require_safe
def pack_names(request: DistrictRequest) -> HttpResponse:
    """Whom and which site each mark stands for, by today's names: beside the pack, because names can change."""
    head = [_("Kind"), _("Mark"), _("Number"), _("Name")]
    return as_csv("names.csv", head, names_now(actor=request.actor))


@needs("proof.pack")
@read_or_send
def check_pack(request: DistrictRequest) -> HttpResponse:
    """Which question a pack answers, by its check sum or by the file itself."""
    is_sent = request.method == "POST"
    form = PackCheckForm(request.POST, request.FILES) if is_sent else PackCheckForm()
    context: dict[str, object] = {"form": form}
    if is_sent and form.is_valid():
        file, typed = form.cleaned_data["file"], form.cleaned_data["digest"]
        digest = _digest(file) if file else typed
        found = packs_with_digest(actor=request.actor, typed=digest)
        context |= {"is_answered": True, "found": found, "digest": digest}
    return render(request, "proof/pack_check.html", context, status=422 if form.errors else 200)


def _page(request: DistrictRequest, row: Any, *, has_changed: bool = False) -> HttpResponse:
    may_read_names = scope(request.actor, "people.read").everywhere
    context = {"pack": row, "may_read_names": may_read_names, "has_changed": has_changed}
    return render(request, "proof/pack.html", context, status=409 if has_changed else 200)


def _digest(file: "UploadedFile[Any]") -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()
