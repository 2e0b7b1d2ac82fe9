from django.urls import path

from upstander.web.directory.views import editing, finding

app_name = "directory"
urlpatterns = [
    path("find/", finding.find_page, name="find"),
    path("find/<str:ref>/", finding.service, name="service"),
    path("find/<str:ref>/wrong/", finding.wrong, name="wrong"),
    path("find/<str:ref>/website/", finding.leaving, name="leaving"),
    path("directory/", editing.entries, name="entries"),
    path("directory/units/", finding.units, name="units"),
    path("directory/units/take/", editing.take, name="take_units"),
    path("directory/new/", editing.write, name="new"),
    path("directory/organizations/new/", editing.organization, name="new_organization"),
    path("directory/organizations/<str:ref>/places/new/", editing.place, name="new_place"),
    path("directory/corrections/<str:ref>/", editing.settle, name="settle"),
    path("directory/<str:ref>/", editing.entry, name="entry"),
    path("directory/<str:ref>/edit/", editing.edit, name="edit"),
    path("directory/<str:ref>/check/", editing.check, name="check"),
    path("directory/<str:ref>/off/", editing.off, name="off"),
]
