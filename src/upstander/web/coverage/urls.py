from django.urls import path

from upstander.web.coverage import due_views, views

app_name = "coverage"
urlpatterns = [
    path("", views.board, name="board"),
    path("list.csv", views.export, name="export"),
    path("requirement/", views.requirement, name="requirement"),
    path("due/", due_views.board, name="due"),
    path("due/list.csv", due_views.export, name="due_export"),
    path("due/people.csv", due_views.export_people, name="due_people"),
    path("due/sites/<str:ref>/", due_views.site, name="due_site"),
    path("schools/<str:ref>/", views.school, name="school"),
]
