from django.urls import path

from upstander.web.coverage import views

app_name = "coverage"
urlpatterns = [
    path("", views.board, name="board"),
    path("list.csv", views.export, name="export"),
    path("requirement/", views.requirement, name="requirement"),
    path("schools/<str:ref>/", views.school, name="school"),
]
