from django.urls import path

from upstander.web.places import calendars, views

app_name = "places"
urlpatterns = [
    path("", views.sites, name="sites"),
    path("years/", calendars.years, name="years"),
    path("years/<str:ref>/", calendars.year, name="year"),
    path("days/", calendars.days, name="days"),
    path("days/take-out/", calendars.take_out, name="take_out"),
    path("<str:ref>/", views.site, name="site"),
]
