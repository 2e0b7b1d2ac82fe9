from django.urls import path

from upstander.web.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.schedule, name="schedule"),
    path("preview/", views.preview, name="preview"),
    path("preview/<str:ref>/", views.mail, name="mail"),
    path("log/", views.log, name="log"),
    path("in-person/", views.in_person, name="in_person"),
]
