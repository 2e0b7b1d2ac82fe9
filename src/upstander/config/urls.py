"""Addresses: everything for people stands below its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(path("", include("upstander.web.urls")))

handler400 = "upstander.web.shared.errors.bad_request"
handler403 = "upstander.web.shared.errors.forbidden"
handler404 = "upstander.web.shared.errors.not_found"
handler500 = "upstander.web.shared.errors.server_error"
