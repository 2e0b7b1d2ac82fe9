from django.urls import path

from upstander.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.start, name="start"),
    path("requests/", views.earlier, name="earlier"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/columns/", views.columns, name="columns"),
    path("<str:ref>/match/", views.match, name="match"),
    path("<str:ref>/preview/", views.preview, name="preview"),
    path("<str:ref>/vouch/", views.vouch, name="vouch"),
    path("<str:ref>/problems.csv", views.problems, name="problems"),
    path("<str:ref>/undo/", views.undo, name="undo"),
    path("<str:ref>/discard/", views.discard, name="discard"),
]
