from django.urls import path

from upstander.web.guide import doors, law, practice, steps, views

app_name = "guide"
urlpatterns = [
    path("", steps.worry, name="worry"),
    path("when/<slug:branch>/", steps.branch, name="branch"),
    path("call/", views.call, name="call"),
    path("call/sites/", views.sites, name="sites"),
    path("call/at/<str:site_ref>/", views.site_call, name="site_call"),
    path("door/", steps.staff, name="staff"),
    path("door/rule/", steps.walk, name="walk"),
    path("door/when/<slug:branch>/", steps.staff_branch, name="staff_branch"),
    path("door/<str:code>/", steps.door, name="door"),
    path("door/<str:code>/rule/", steps.door_walk, name="door_walk"),
    path("door/<str:code>/when/<slug:branch>/", steps.door_branch, name="door_branch"),
    path("doors/", doors.doors, name="doors"),
    path("doors/<str:site_ref>/open/", doors.open_one, name="door_open"),
    path("doors/<str:site_ref>/close/", doors.close_one, name="door_close"),
    path("doors/<str:site_ref>/sheet/", doors.sheet, name="door_sheet"),
    path("practice/", practice.practice, name="practice"),
    path("practice/set/", practice.practice_set, name="practice_set"),
    path("practice/<slug:key>/", practice.situation, name="situation"),
    path("rule/", doors.rule, name="rule"),
    path("law/", law.law, name="law"),
]
