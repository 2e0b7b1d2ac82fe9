from django.urls import path

from upstander.web.own import views

app_name = "own"
urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("schools/", views.schools, name="schools"),
    path("schools/<str:ref>/", views.school, name="school"),
]
