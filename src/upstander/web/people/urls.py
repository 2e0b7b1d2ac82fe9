from django.urls import path

from upstander.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.find, name="find"),
    path("new/", views.hire, name="hire"),
    path("<str:ref>/", views.person, name="person"),
]
