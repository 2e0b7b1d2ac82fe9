from django.urls import path

from upstander.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.plain_help, name="help"),
    path("about/", views.about, name="about"),
    path("away/<str:sign>/", views.leaving, name="leaving"),
]
