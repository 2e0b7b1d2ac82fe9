from django.urls import path

from upstander.web.imports.views import lists, preview, questions

app_name = "imports"
urlpatterns = [
    path("", lists.start, name="start"),
    path("requests/", lists.earlier, name="earlier"),
    path("<str:ref>/", lists.one, name="one"),
    path("<str:ref>/columns/", questions.columns, name="columns"),
    path("<str:ref>/match/", questions.match, name="match"),
    path("<str:ref>/preview/", preview.preview, name="preview"),
    path("<str:ref>/vouch/", preview.vouch, name="vouch"),
    path("<str:ref>/problems.csv", preview.problems, name="problems"),
    path("<str:ref>/undo/", lists.undo, name="undo"),
    path("<str:ref>/discard/", lists.discard, name="discard"),
]
