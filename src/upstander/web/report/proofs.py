"""Proofs: made and downloaded by their owner, checked by anyone, and the keys that sign them."""

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from upstander.program.guidance.selectors import clocks
from upstander.program.guidance.selectors.proofs import check_proof, is_signed_text, proof_pdf, published_keys
from upstander.program.guidance.services.proofs import make_proof
from upstander.web.report.forms import ProofForm
from upstander.web.shared.access import DistrictRequest, needs, open_to_anyone
from upstander.web.shared.anonymous_forms import anonymous_form, form_token
from upstander.web.shared.papers import as_pdf

PURPOSE = "report-proof"


@needs("report.own")
@require_POST
def make(request: DistrictRequest, ref: str) -> HttpResponse:
    """Sign what one's own clock says now, and open the paper."""
    proof = make_proof(actor=request.actor, ref=ref, at=request.at)
    return HttpResponseRedirect(reverse("report:proof", args=[ref, proof.code]))


@needs("report.own")
@require_safe
def paper(request: DistrictRequest, ref: str, code: str) -> HttpResponse:
    """One of one's own proofs as a PDF; anyone else's does not exist here."""
    clock = clocks.own_clock(actor=request.actor, ref=ref)
    drawn = proof_pdf(
        actor=request.actor,
        ref=ref,
        code=code,
        zone=clock.zone,
        address=request.build_absolute_uri(reverse("report:verify")),
        language=get_language() or "en",
    )
    return as_pdf(drawn.pdf, "record.pdf", is_download=True)


@open_to_anyone("Whoever is shown a proof must be able to check it.")
@anonymous_form(PURPOSE, most=20, seconds=60)
def verify(request: DistrictRequest) -> HttpResponse:
    """Whether a proof is real, and what it says; never whose it is, because it does not say."""
    form = ProofForm(request.POST or None)
    context = {"form": form, "token": form_token(PURPOSE), "asked": False}
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["proof"]
        answer = check_proof(actor=request.actor, text=text)
        context |= {"asked": True, "answer": answer, "is_signed": is_signed_text(text)}
    return render(request, "report/verify.html", context, status=422 if form.errors else 200)


@open_to_anyone("Public keys are public: with them anyone checks a proof without this server.")
@require_safe
def keys(request: DistrictRequest) -> HttpResponse:
    """The keys of this server's signature, the retired ones too."""
    return render(request, "report/keys.html", {"keys": published_keys(actor=request.actor)})


@open_to_anyone("The same keys for programs, such as `upstander proof verify`.")
@require_safe
def keys_file(request: DistrictRequest) -> HttpResponse:
    """The published keys as JSON: id to public key in hex, and from which day to which it signed."""
    told = {
        key.key_id: {
            "public_key": key.public_key,
            "started_on": key.started_on.isoformat(),
            "retired_on": key.retired_on.isoformat() if key.retired_on else None,
        }
        for key in published_keys(actor=request.actor)
    }
    return JsonResponse({"algorithm": "Ed25519", "keys": told})
