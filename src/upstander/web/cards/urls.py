from django.urls import path

from upstander.web.cards import kept, sheets, views
from upstander.web.shared.entrances import for_anyone, for_code, for_signed_in

app_name = "cards"
urlpatterns = [
    path("", for_anyone(views.index), name="index"),
    path("staff/", for_signed_in(views.index, by_site=False), name="staff_index"),
    path("staff/<slug:card>/", for_signed_in(views.card, by_site=False), name="staff_card"),
    path("staff/<slug:card>/pdf/", for_signed_in(views.pdf, by_site=False), name="staff_pdf"),
    path("door/<str:code>/", for_code(views.index), name="door_index"),
    path("door/<str:code>/kept/", for_code(kept.kept), name="door_kept"),
    path("door/<str:code>/kept/worker.js", kept.worker, name="door_worker"),
    path("door/<str:code>/<slug:card>/", for_code(views.card), name="door_card"),
    path("door/<str:code>/<slug:card>/pdf/", for_code(views.pdf), name="door_pdf"),
    path("kept/", for_signed_in(kept.kept, by_site=False), name="staff_kept"),
    path("kept/worker.js", kept.worker, name="worker"),
    path("site/<str:site_ref>/", sheets.sheet, name="sheet"),
    path("site/<str:site_ref>/pdf/", sheets.pdf, name="sheet_pdf"),
    path("<slug:card>/", for_anyone(views.card), name="card"),
    path("<slug:card>/pdf/", for_anyone(views.pdf), name="pdf"),
]
