from django.urls import path

from upstander.web.own import families, staff, views

app_name = "own"
urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("letter.pdf", families.letter, name="letter"),
    path("evenings/", families.evenings, name="evenings"),
    path("teams/", families.teams, name="teams"),
    path("teams/<str:ref>/", families.team, name="team"),
    path("contacts/", staff.contacts, name="contacts"),
    path("schools/", views.schools, name="schools"),
    path("schools/<str:ref>/", views.school, name="school"),
]
