from django.urls import path

from upstander.web.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.sent, name="sent"),
    path("trouble/", views.trouble, name="trouble"),
    path("<str:ref>/invitation.ics", views.invitation, name="invitation"),
]
