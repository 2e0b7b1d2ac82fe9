from django.urls import path

from upstander.web.gatherings.views import door, evenings, families, guests, symposiums

app_name = "gatherings"
urlpatterns = [
    path("gatherings/evenings/", evenings.evenings, name="evenings"),
    path("gatherings/evenings/<str:ref>/", evenings.evening, name="evening"),
    path("gatherings/evenings/<str:ref>/held/", evenings.held, name="evening_held"),
    path("gatherings/evenings/<str:ref>/letter.pdf", evenings.letter, name="letter"),
    path("evenings/<str:ref>/", families.invitation, name="invitation"),
    path("evenings/<str:ref>/noted/", families.noted, name="noted"),
    path("evenings/<str:ref>/evening.ics", families.calendar, name="invitation_calendar"),
    path("gatherings/symposiums/", symposiums.symposiums, name="symposiums"),
    path("gatherings/symposiums/new/", symposiums.new, name="new"),
    path("gatherings/symposiums/<str:ref>/", symposiums.symposium, name="symposium"),
    path("gatherings/symposiums/<str:ref>/change/", symposiums.change, name="change"),
    path("gatherings/symposiums/<str:ref>/step/", symposiums.step, name="step"),
    path("gatherings/symposiums/<str:ref>/remove/", symposiums.remove, name="remove"),
    path("gatherings/symposiums/<str:ref>/add/<slug:part>/", symposiums.add, name="add"),
    path("gatherings/symposiums/<str:ref>/speakers/<str:speaker_ref>/", symposiums.speaker, name="speaker"),
    path("gatherings/symposiums/<str:ref>/speakers/<str:speaker_ref>/paid/", symposiums.paid, name="paid"),
    path("gatherings/symposiums/<str:ref>/door/", door.door, name="door"),
    path("gatherings/symposiums/<str:ref>/door/came/", door.came, name="came"),
    path("gatherings/symposiums/<str:ref>/guests.csv", door.export, name="export"),
    path("symposiums/", guests.open_symposiums, name="open"),
    path("symposiums/sent/", guests.sent, name="sent"),
    path("symposiums/prove/<str:ref>/<str:key>/", guests.prove, name="prove"),
    path("symposiums/place/<str:ref>/<str:key>/", guests.place, name="place"),
    path("symposiums/<str:ref>/", guests.agenda, name="agenda"),
    path("symposiums/<str:ref>/sign-up/", guests.join, name="join"),
    path("symposiums/<str:ref>/day.ics", guests.calendar, name="agenda_calendar"),
    path("symposiums/<str:ref>/agenda.pdf", guests.paper, name="agenda_paper"),
]
