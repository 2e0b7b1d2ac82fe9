"""Lists from elsewhere: handed in, read record by record, taken as drafts or dropped by an editor."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from upstander.program.directory.selectors.incoming import file_by_ref, files, review, waiting
from upstander.program.directory.services.incoming import (
    bring_back,
    drop_candidate,
    drop_rest,
    read_file,
    take_candidate,
)
from upstander.program.directory.services.taking import ask_to_take, drop_taken
from upstander.web.directory.forms.editing import DirectoryFileForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at
from upstander.web.shared.steps import pressed
from upstander.web.shared.steps import take as take_step

EDIT = "directory.edit"
PER_PAGE, MOST_FILES, REFRESH_SECONDS = 10, 20, 2


@needs(EDIT)
@read_or_send
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
    context = {
        "form": form,
        "page": page,
        "reviews": reviews,
        "files": files(actor=request.actor)[:MOST_FILES],
    }
    return render(request, "directory/incoming.html", context, status=422 if form.errors else 200)


@needs(EDIT)
@require_POST
def settle(request: DistrictRequest, ref: str) -> HttpResponse:
    """A record becomes a draft, or is left out."""
    if pressed(request, "what", {"take", "drop"}) == "take":
        take_step(
            request,
            lambda: take_candidate(actor=request.actor, ref=ref, at=request.at),
            _("It is a draft now. Readers see it once somebody has checked it."),
        )
    else:
        take_step(request, lambda: drop_candidate(actor=request.actor, ref=ref, at=request.at), _("Left out."))
    return redirect("directory:incoming")


@needs(EDIT)
@read_or_send
def settle_file(request: DistrictRequest, ref: str) -> HttpResponse:
    """All of a file at once: taken as drafts or these dropped again; left out, or brought back. Read, it tells how far
    the taking is."""
    if request.method != "POST":
        file = file_by_ref(actor=request.actor, ref=ref)
        is_live = bool(file.taking_since and not file.taken_at)
        context = {"file": file, "is_live": is_live, "refresh": REFRESH_SECONDS}
        return render(request, "directory/taking.html", context)
    what = pressed(request, "what", STEPS)
    step, say = STEPS[what]
    take_step(
        request,
        lambda: step(actor=request.actor, ref=ref, at=request.at),
        lambda count: say(count) % {"count": count},
    )
    return redirect("directory:settle_file", ref) if what == "take" else redirect("directory:incoming")


STEPS: dict[str, tuple[Callable[..., int], Callable[[int], str]]] = {
    "take": (
        ask_to_take,
        lambda count: ngettext("%(count)s record becomes a draft.", "%(count)s records become drafts.", count),
    ),
    "undo": (drop_taken, lambda count: ngettext("%(count)s draft dropped.", "%(count)s drafts dropped.", count)),
    "back": (
        bring_back,
        lambda count: ngettext("%(count)s record waits again.", "%(count)s records wait again.", count),
    ),
    "drop": (drop_rest, lambda count: ngettext("%(count)s record left out.", "%(count)s records left out.", count)),
}
