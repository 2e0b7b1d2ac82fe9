from django.urls import path

from upstander.web.report import views

app_name = "report"
urlpatterns = [
    path("", views.start, name="start"),
    path("worksheet/", views.worksheet, name="worksheet"),
    path("clock/", views.clock, name="clock"),
]
