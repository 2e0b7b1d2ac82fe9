"""Every page, below its language. Each area keeps its own list; the name of the area is its namespace."""

from django.urls import include, path

urlpatterns = [
    path("", include("upstander.web.public.urls")),
    path("guide/", include("upstander.web.guide.urls")),
    path("learn/", include("upstander.web.learn.urls")),
    path("own/", include("upstander.web.own.urls")),
    path("toolkit/", include("upstander.web.toolkit.urls")),
    path("cards/", include("upstander.web.cards.urls")),
    path("report/", include("upstander.web.report.urls")),
    path("account/", include("upstander.web.account.urls")),
    path("staff/", include("upstander.web.staff.urls")),
    path("", include("upstander.web.proof.urls")),
    path("coverage/", include("upstander.web.coverage.urls")),
    path("people/", include("upstander.web.people.urls")),
    path("reminders/", include("upstander.web.reminders.urls")),
    path("sites/", include("upstander.web.places.urls")),
    path("local/", include("upstander.web.local.urls")),
    path("campaigns/", include("upstander.web.campaigns.urls")),
    path("explorer/", include("upstander.web.explorer.urls")),
    path("editor/", include("upstander.web.editor.urls")),
    path("imports/", include("upstander.web.imports.urls")),
    path("", include("upstander.web.facts.urls")),
    path("outbox/", include("upstander.web.outbox.urls")),
    path("training/", include("upstander.web.plans.urls")),
    path("", include("upstander.web.gatherings.urls")),
    path("", include("upstander.web.training.urls")),
    path("", include("upstander.web.evaluation.urls")),
    path("", include("upstander.web.cadre.urls")),
    path("", include("upstander.web.materials.urls")),
    path("", include("upstander.web.directory.urls")),
]
