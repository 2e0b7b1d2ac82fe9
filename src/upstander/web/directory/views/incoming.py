"""Lists from elsewhere: handed in, read record by record, taken as drafts or dropped by an editor."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from upstander.program.directory.selectors.incoming import files, review, waiting
from upstander.program.directory.services.incoming import (
    bring_back,
    drop_candidate,
    drop_rest,
    read_file,
    take_candidate,
)
from upstander.web.directory.forms.editing import DirectoryFileForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import take as take_step

EDIT = "directory.edit"
PER_PAGE, MOST_FILES = 10, 20


@needs(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def incoming(request: DistrictRequest) -> HttpResponse:
    """A form for a file; below it every record that waits, as it came and as it was read."""
    form = DirectoryFileForm(request.POST, request.FILES) if request.method == "POST" else DirectoryFileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with told_at(form):
            read_file(actor=request.actor, file_name=file.name, content=file.read(), at=request.at)
            messages.success(request, _("Read. Nothing is published: look at each record below."))
            return redirect("directory:incoming")
    page = Paginator(waiting(actor=request.actor), PER_PAGE).get_page(request.GET.get("page"))
    reviews = [review(actor=request.actor, candidate=each) for each in page.object_list]
    context = {"form": form, "page": page, "reviews": reviews, "files": files(actor=request.actor)[:MOST_FILES]}
    return render(request, "directory/incoming.html", context, status=422 if form.errors else 200)


@needs(EDIT)
@require_POST
def settle(request: DistrictRequest, ref: str) -> HttpResponse:
    """A record becomes a draft, or is left out."""
    if request.POST.get("what") == "take":
        take_step(
            request,
            lambda: take_candidate(actor=request.actor, ref=ref, at=request.at),
            _("It is a draft now. Readers see it once somebody has checked it."),
        )
    else:
        take_step(request, lambda: drop_candidate(actor=request.actor, ref=ref, at=request.at), _("Left out."))
    return redirect("directory:incoming")


@needs(EDIT)
@require_POST
def settle_file(request: DistrictRequest, ref: str) -> HttpResponse:
    """All of a file that still waits is left out; or what was left out waits again."""
    step, say = (bring_back, _wait) if request.POST.get("what") == "back" else (drop_rest, _left)
    take_step(request, lambda: step(actor=request.actor, ref=ref, at=request.at), say)
    return redirect("directory:incoming")


def _wait(count: int) -> str:
    return ngettext("%(count)s record waits again.", "%(count)s records wait again.", count) % {"count": count}


def _left(count: int) -> str:
    return ngettext("%(count)s record left out.", "%(count)s records left out.", count) % {"count": count}
