"""Joint reports: one's own parts in them, and nothing about anybody else's."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upstander.foundation.kernel.errors import NotFound, Refused
from upstander.foundation.kernel.limits import within_limit
from upstander.program.guidance.selectors.joint import Joint, own_joint, own_joints
from upstander.program.guidance.selectors.proofs import spaced
from upstander.program.guidance.services import joint as services
from upstander.web.report.forms import CodeForm, ReminderForm
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.methods import read_or_send
from upstander.web.shared.refusals import told_at

MOST_TRIES, WITHIN_SECONDS = 10, 3600
STEPS: dict[str, Callable[..., object]] = {
    "take_over": services.take_over,
    "done": services.confirm_joint,
    "know": services.know_it,
    "reopen": services.reopen,
    "leave": services.leave,
}


@needs("report.own")
@require_POST
def start(request: DistrictRequest, ref: str) -> HttpResponse:
    """Start a joint report from one's own clock; when its day is over, the clock's page says so."""
    try:
        return _to(services.start_joint(actor=request.actor, clock_ref=ref, at=request.at))
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("report:copy", args=[ref]))


@needs("report.own")
@read_or_send
def parts(request: DistrictRequest) -> HttpResponse:
    """The joint reports one takes part in, and the place to enter a code. A code that does not open tells nothing."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _to(_joined(request, form.cleaned_data["code"]))
        except Refused as refused:
            form.add_error("code", str(refused))
    context = {"form": form, "joints": own_joints(actor=request.actor, at=request.at)}
    return render(request, "report/joints.html", context, status=422 if form.errors else 200)


def _joined(request: DistrictRequest, code: str) -> str:
    if not within_limit("joint-code", request.actor.name, most=MOST_TRIES, seconds=WITHIN_SECONDS, at=request.at):
        raise Refused(_("This code cannot be used."))
    return services.accept(actor=request.actor, code=code, at=request.at)


@needs("report.own")
@read_or_send
def part(request: DistrictRequest, ref: str) -> HttpResponse:
    """One joint report as a member sees it: who calls, whether it is done, and one's own steps."""
    joint = own_joint(actor=request.actor, ref=ref, at=request.at)
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _page(request, joint, ReminderForm())
    if step == "reminder":
        return _remind(request, joint)
    if step == "invite":
        code = spaced(services.invite(actor=request.actor, ref=ref, at=request.at))
        return _page(request, joint, ReminderForm(), code)
    return _done(request, ref, step)


def _page(request: DistrictRequest, joint: Joint, reminder: ReminderForm, code: str = "") -> HttpResponse:
    context = {"joint": joint, "code": code, "reminder": reminder}
    return render(request, "report/joint.html", context, status=422 if reminder.errors else 200)


def _done(request: DistrictRequest, ref: str, step: str) -> HttpResponse:
    """Take a step; one that is not possible is told on the page."""
    try:
        if step in STEPS:
            STEPS[step](actor=request.actor, ref=ref, at=request.at)
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("report:joints")) if step == "leave" else _to(ref)


def _remind(request: DistrictRequest, joint: Joint) -> HttpResponse:
    """Keep the address for the one mail; what is wrong with it is told at its field, and it stays there."""
    form = ReminderForm(request.POST)
    if form.is_valid():
        said = {**form.cleaned_data, "language": get_language() or "en"}
        with told_at(form):
            services.remind_me(actor=request.actor, ref=joint.ref, at=request.at, **said)
            return _to(joint.ref)
    return _page(request, joint, form)


def _to(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("report:joint", args=[ref]))
