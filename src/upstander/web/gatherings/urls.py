from django.urls import path

from upstander.web.gatherings.views import evenings, families

app_name = "gatherings"
urlpatterns = [
    path("gatherings/evenings/", evenings.evenings, name="evenings"),
    path("gatherings/evenings/<str:ref>/", evenings.evening, name="evening"),
    path("gatherings/evenings/<str:ref>/held/", evenings.held, name="evening_held"),
    path("gatherings/evenings/<str:ref>/letter.pdf", evenings.letter, name="letter"),
    path("evenings/<str:ref>/", families.invitation, name="invitation"),
    path("evenings/<str:ref>/noted/", families.noted, name="noted"),
    path("evenings/<str:ref>/evening.ics", families.calendar, name="invitation_calendar"),
]
