from django.urls import path

from upstander.web.cards import kept, sheets, views

app_name = "cards"
urlpatterns = [
    path("", views.index, name="index"),
    path("staff/", views.staff_index, name="staff_index"),
    path("staff/<slug:card>/", views.staff_card, name="staff_card"),
    path("staff/<slug:card>/pdf/", views.staff_pdf, name="staff_pdf"),
    path("door/<str:code>/", views.door_index, name="door_index"),
    path("door/<str:code>/kept/", kept.door_kept, name="door_kept"),
    path("door/<str:code>/kept/worker.js", kept.worker, name="door_worker"),
    path("door/<str:code>/<slug:card>/", views.door_card, name="door_card"),
    path("door/<str:code>/<slug:card>/pdf/", views.door_pdf, name="door_pdf"),
    path("kept/", kept.staff_kept, name="staff_kept"),
    path("kept/worker.js", kept.worker, name="worker"),
    path("site/<str:site_ref>/", sheets.sheet, name="sheet"),
    path("site/<str:site_ref>/pdf/", sheets.pdf, name="sheet_pdf"),
    path("<slug:card>/", views.card, name="card"),
    path("<slug:card>/pdf/", views.pdf, name="pdf"),
]
