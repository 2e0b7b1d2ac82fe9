from django.urls import path

from upstander.web.coverage import due_views, requirement_views, views

app_name = "coverage"
urlpatterns = [
    path("", views.board, name="board"),
    path("list.csv", views.export, name="export"),
    path("requirement/", views.requirement, name="requirement"),
    path("requirements/", requirement_views.requirements, name="requirements"),
    path("requirements/new/", requirement_views.new, name="new_requirement"),
    path("requirements/<str:ref>/change/", requirement_views.change, name="change_requirement"),
    path("requirements/<str:ref>/end/", requirement_views.end, name="end_requirement"),
    path("due/", due_views.board, name="due"),
    path("due/list.csv", due_views.export, name="due_export"),
    path("due/people.csv", due_views.export_people, name="due_people"),
    path("due/sites/<str:ref>/", due_views.site, name="due_site"),
    path("schools/<str:ref>/", views.school, name="school"),
]
