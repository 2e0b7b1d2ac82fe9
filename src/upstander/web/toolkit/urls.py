from django.urls import path

from upstander.web.toolkit import campaigns, views

app_name = "toolkit"
urlpatterns = [
    path("", views.index, name="index"),
    path("campaigns/", campaigns.calendar, name="campaigns"),
    path("campaigns/calendar.ics", campaigns.feed, name="feed"),
    path("<slug:key>/pdf/", views.pdf, name="pdf"),
]
