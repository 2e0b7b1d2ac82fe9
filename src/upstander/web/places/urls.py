from django.urls import path

from upstander.web.places import views

app_name = "places"
urlpatterns = [
    path("", views.sites, name="sites"),
    path("<str:ref>/", views.site, name="site"),
]
