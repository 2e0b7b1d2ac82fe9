from django.urls import path

from upstander.web.facts import editing, sources
from upstander.web.shared.entrances import for_anyone

app_name = "facts"
urlpatterns = [
    path("sources/", for_anyone(sources.sources), name="sources"),
    path("facts/", editing.facts, name="facts"),
    path("facts/<str:key>/", editing.fact, name="fact"),
    path("facts/<str:key>/correct/", editing.correct, name="correct"),
]
