from django.urls import path

from upstander.web.guide import doors, law, own_sites, practice, steps, views
from upstander.web.shared.entrances import for_anyone, for_code, for_signed_in

app_name = "guide"
urlpatterns = [
    path("", for_anyone(steps.first), name="first"),
    path("when/<slug:branch>/", for_anyone(steps.branch), name="branch"),
    path("call/", views.call, name="call"),
    path("call/sites/", views.sites, name="sites"),
    path("call/at/<str:site_ref>/", views.site_call, name="site_call"),
    path("door/", for_signed_in(steps.first, by_site=False), name="staff_first"),
    path("door/rule/", for_signed_in(steps.walk), name="staff_walk"),
    path("door/when/<slug:branch>/", for_signed_in(steps.branch), name="staff_branch"),
    path("door/sites/", own_sites.own_sites, name="own_sites"),
    path("door/sites/<str:site_ref>/", own_sites.own_site, name="own_site"),
    path("door/<str:code>/", for_code(steps.first), name="door_first"),
    path("door/<str:code>/rule/", for_code(steps.walk), name="door_walk"),
    path("door/<str:code>/when/<slug:branch>/", for_code(steps.branch), name="door_branch"),
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
