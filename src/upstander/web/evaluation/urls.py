from django.urls import path

from upstander.web.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("questions/thanks/", views.thanks, name="thanks"),
    path("questions/<str:ref>/<str:key>/<slug:phase>/", views.answer, name="answer"),
    path("training/mine/<str:ref>/questions/", views.session, name="session"),
    path("training/mine/<str:ref>/look-back/", views.debrief, name="debrief"),
    path("training/evaluation/", views.results, name="results"),
]
