from django.urls import path

from upstander.web.report import copies, views

app_name = "report"
urlpatterns = [
    path("", views.start, name="start"),
    path("worksheet/", views.worksheet, name="worksheet"),
    path("clock/", views.clock, name="clock"),
    path("copies/", copies.copies, name="copies"),
    path("copies/new/", copies.keep, name="keep"),
    path("copies/<str:ref>/", copies.copy, name="copy"),
    path("copies/<str:ref>/close/", copies.close, name="close"),
    path("copies/<str:ref>/extend/", copies.extend, name="extend"),
    path("copies/<str:ref>/erase/", copies.erase, name="erase"),
]
