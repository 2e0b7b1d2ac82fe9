from django.urls import path

from upstander.web.cadre.views import calendars, connected, consultations, members, own, swaps, units

app_name = "cadre"
urlpatterns = [
    path("cadre/", members.cadre, name="cadre"),
    path("cadre/new/", members.join, name="join"),
    path("cadre/units/", units.units, name="units"),
    path("cadre/units/<str:ref>/", units.unit, name="unit"),
    path("cadre/units/<str:ref>/end/", units.end, name="end_unit"),
    path("cadre/units/<str:ref>/take-up/", units.take_up, name="take_up_unit"),
    path("cadre/me/", own.my_time, name="my_time"),
    path("cadre/me/calendar/", connected.connected, name="connected"),
    path("cadre/me/hours/", own.hours, name="hours"),
    path("cadre/me/hours.csv", own.hours_file, name="hours_file"),
    path("cadre/me/swap/<str:ref>/", swaps.ask, name="ask"),
    path("cadre/me/swaps/<str:ref>/", swaps.answer, name="answer"),
    path("cadre/consultations/", consultations.consultations, name="consultations"),
    path("cadre/consultations/<str:ref>/", consultations.consultation, name="consultation"),
    path("cadre/consultations/<str:ref>/take/", consultations.take_one, name="take_consultation"),
    path("cadre/back/<str:ref>/", own.back, name="back"),
    path("cadre/busy/<str:ref>/", own.forget_file, name="forget_file"),
    path("cadre/member/<str:ref>/", members.member, name="member"),
    path("cadre/member/<str:ref>/again/", members.come_again, name="come_again"),
    path("calendars/", calendars.addresses, name="calendars"),
    path("calendars/<str:code>.ics", calendars.feed, name="feed"),
]
