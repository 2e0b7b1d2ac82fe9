from django.urls import path

from upstander.web.materials.views import catalogue, parcels, recalls

app_name = "materials"
urlpatterns = [
    path("materials/", catalogue.catalogue, name="catalogue"),
    path("materials/take/", catalogue.take_all, name="take"),
    path("materials/new/", catalogue.add, name="add"),
    path("materials/held/", recalls.held, name="held"),
    path("materials/held.csv", recalls.held_file, name="held_file"),
    path("materials/recalls/", recalls.recalls, name="recalls"),
    path("materials/recalls/<str:ref>/done/", recalls.done, name="recall_done"),
    path("materials/pack/<str:ref>/", parcels.pack, name="pack"),
    path("materials/parcels/<str:ref>/", parcels.parcel, name="parcel"),
    path("materials/parcels/<str:ref>/list.pdf", parcels.parcel_pdf, name="parcel_pdf"),
    path("materials/<str:ref>/", catalogue.material, name="material"),
    path("materials/<str:ref>/edition/", catalogue.add_one_edition, name="add_edition"),
    path("materials/<str:ref>/limit/", catalogue.limit, name="limit"),
    path("materials/<str:ref>/retire/", catalogue.retire, name="retire"),
    path("materials/editions/<str:ref>/book/", catalogue.book, name="book"),
    path("materials/editions/<str:ref>/withdraw/", catalogue.withdraw, name="withdraw"),
]
