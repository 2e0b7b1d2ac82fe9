from django.urls import path

from upstander.web.guide import doors, views

app_name = "guide"
urlpatterns = [
    path("", views.worry, name="worry"),
    path("call/", views.call, name="call"),
    path("call/sites/", views.sites, name="sites"),
    path("call/at/<str:site_ref>/", views.site_call, name="site_call"),
    path("door/", views.walk, name="walk"),
    path("door/<str:code>/", views.door, name="door"),
    path("doors/", doors.doors, name="doors"),
    path("doors/<str:site_ref>/open/", doors.open_one, name="door_open"),
    path("doors/<str:site_ref>/close/", doors.close_one, name="door_close"),
    path("doors/<str:site_ref>/sheet/", doors.sheet, name="door_sheet"),
    path("rule/", doors.rule, name="rule"),
]
