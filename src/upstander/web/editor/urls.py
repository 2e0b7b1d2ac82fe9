from django.urls import path

from upstander.web.editor import views

app_name = "editor"
urlpatterns = [
    path("", views.index, name="index"),
    path("waiting/<str:ref>/", views.decide, name="decide"),
    path("own/<slug:key>/out/", views.take_out, name="take_out"),
    path("<slug:page>/", views.page, name="page"),
    path("<slug:page>/review/", views.sign, name="sign"),
    path("<slug:page>/review/<str:ref>/back/", views.take_back, name="take_back"),
    path("<slug:page>/<int:block>/<int:item>/", views.passage, name="passage"),
]
