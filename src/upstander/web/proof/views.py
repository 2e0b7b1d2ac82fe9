"""Proof of training: the public check of a code, one's own certificates, and the private link in a mail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from upstander.foundation.kernel.errors import NotFound
from upstander.program.compliance.selectors.certificates import (
    Paper,
    Standing,
    certificate_by_code,
    certificate_by_token,
    own_certificate,
    own_certificates,
)
from upstander.program.compliance.selectors.completions import own_listed
from upstander.program.compliance.selectors.own import own_trainings
from upstander.program.compliance.selectors.papers import certificate_pdf
from upstander.program.compliance.selectors.reminders import own_reminders
from upstander.web.proof.forms import CodeForm
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.papers import as_pdf

PURPOSE = "verify"
NOT_INDEXED = "noindex, noarchive"


@open_to_anyone("Whoever is shown a certificate must be able to check it.")
@anonymous_form(PURPOSE, most=20, seconds=60)
def verify(request: DistrictRequest) -> HttpResponse:
    """Ask for a code; the answer stands on the same page, so that no address holds what was typed."""
    form = CodeForm(request.POST or None)
    code = form.cleaned_data["code"] if request.method == "POST" and form.is_valid() else None
    return _verdict(request, form, code)


@open_to_anyone("The address printed on a certificate.")
def verify_code(request: DistrictRequest, code: str) -> HttpResponse:
    """Answer at once. Trying codes by address gains nothing: a code has 80 random bits, and no answer names anybody."""
    return _verdict(request, CodeForm(), code)


def _verdict(request: DistrictRequest, form: CodeForm, code: str | None) -> HttpResponse:
    verdict = code and certificate_by_code(
        actor=request.actor, code=code, on=timezone.localdate(request.at), language=_language()
    )
    context = {"form": form, "token": form_token(PURPOSE), "verdict": verdict, "checked_at": request.at}
    response = render(request, "proof/verify.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = NOT_INDEXED  # an address that was shared somewhere must not be found by searching
    return response


@needs("proof.own")
def own(request: DistrictRequest) -> HttpResponse:
    """My trainings with their cycles, my certificates, and what I was reminded of."""
    actor, on, language = request.actor, timezone.localdate(request.at), _language()
    context = {
        "trainings": own_trainings(actor=actor, on=on, known_at=request.at, language=language),
        "listed": own_listed(actor=actor, language=language),
        "papers": own_certificates(actor=actor, on=on, language=language),
        "reminders": [line for line in own_reminders(actor=actor, language=language) if line.outcome == "mailed"],
    }
    return render(request, "proof/own.html", context)


@needs("proof.own")
def download(request: DistrictRequest, ref: str) -> HttpResponse:
    """One of my certificates as a PDF; anyone else's does not exist here."""
    paper = own_certificate(actor=request.actor, ref=ref, on=timezone.localdate(request.at), language=_language())
    return _pdf(request, paper)


@open_to_anyone("The private link in a person's own mail: signed, and ending by itself.")
def by_link(request: DistrictRequest, token: str) -> HttpResponse:
    """The certificate that a mail's link stands for, or a page that says how to get it otherwise."""
    on = timezone.localdate(request.at)
    try:
        paper = certificate_by_token(actor=request.actor, token=token, on=on, language=_language())
    except NotFound:
        return render(request, "proof/link_ended.html", status=404)
    return _pdf(request, paper)


def _pdf(request: DistrictRequest, paper: Paper) -> HttpResponse:
    if paper.standing in {Standing.REVOKED, Standing.REPLACED}:
        raise NotFound("certificate")
    drawn = certificate_pdf(
        actor=request.actor,
        paper=paper,
        district_name=request.district.name,
        address=request.build_absolute_uri(reverse("proof:verify_code", args=[paper.code])),
        language=_language(),
    )
    return as_pdf(drawn.pdf, "certificate.pdf")


def _language() -> str:
    return get_language() or "en"
