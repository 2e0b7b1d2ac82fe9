"""The front door."""

from django.http import HttpResponse
from django.shortcuts import render

from upstander.web.shared.access import DistrictRequest, open_to_anyone


@open_to_anyone("The first page tells every visitor where to go.")
def home(request: DistrictRequest) -> HttpResponse:
    """Three kinds of visitors, three ways."""
    return render(request, "public/home.html")
