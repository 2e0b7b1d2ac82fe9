from django.urls import path

from upstander.web.cadre.views import members, own

app_name = "cadre"
urlpatterns = [
    path("cadre/", members.cadre, name="cadre"),
    path("cadre/new/", members.join, name="join"),
    path("cadre/units/", members.units, name="units"),
    path("cadre/me/", own.my_time, name="my_time"),
    path("cadre/back/<str:ref>/", own.back, name="back"),
    path("cadre/member/<str:ref>/", members.member, name="member"),
]
