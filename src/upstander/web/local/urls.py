from django.urls import path

from upstander.web.local import deciding, views

app_name = "local"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("policy/", views.policy, name="policy"),
    path("sites/", views.sites, name="sites"),
    path("sites/<str:ref>/station/", views.station, name="station"),
    path("change/<slug:kind>/", views.change, name="change"),
    path("change/<slug:kind>/<str:of>/", views.change, name="change_of"),
    path("number/<str:ref>/<int:position>/", deciding.number, name="number"),
    path("waiting/<str:ref>/", deciding.decide, name="decide"),
]
