from django.urls import path

from upstander.web.facts import editing, papers, sources
from upstander.web.shared.entrances import for_anyone

app_name = "facts"
urlpatterns = [
    path("sources/", for_anyone(sources.sources), name="sources"),
    path("facts/", editing.facts, name="facts"),
    path("facts/papers/", papers.papers, name="papers"),
    path("facts/papers/<str:ref>/", papers.paper, name="paper"),
    path("facts/<str:key>/", editing.fact, name="fact"),
    path("facts/<str:key>/correct/", editing.correct, name="correct"),
]
