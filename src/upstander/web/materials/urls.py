from django.urls import path

from upstander.web.materials.views import catalogue, donors, parcels, recalls, wishes

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
    path("materials/wishes/", wishes.wishes, name="wishes"),
    path("materials/wishes/new/", wishes.write, name="write_wish"),
    path("materials/wishes/<str:ref>/", wishes.wish, name="wish"),
    path("materials/wishes/<str:ref>/end/", wishes.end, name="end_wish"),
    path("materials/wishes/<str:ref>/gift/", wishes.gift, name="gift"),
    path("materials/gifts/new/", wishes.unwished, name="unwished"),
    path("materials/places/new/", wishes.place, name="place"),
    path("materials/places/<str:ref>/", wishes.correct, name="correct_place"),
    path("materials/promises/<str:ref>/received/", wishes.received, name="received"),
    path("wishes/", donors.wishes, name="donor_wishes"),
    path("wishes/sent/", donors.sent, name="donor_sent"),
    path("wishes/for/<str:ref>/", donors.pledge, name="donor_pledge"),
    path("wishes/prove/<str:ref>/<str:key>/", donors.prove, name="donor_prove"),
    path("wishes/promise/<str:ref>/<str:key>/", donors.promise, name="donor_promise"),
    path("materials/<str:ref>/", catalogue.material, name="material"),
    path("materials/<str:ref>/edition/", catalogue.add_one_edition, name="add_edition"),
    path("materials/<str:ref>/limit/", catalogue.limit, name="limit"),
    path("materials/<str:ref>/offer-again/", catalogue.offer_again, name="offer_again"),
    path("materials/<str:ref>/retire/", catalogue.retire, name="retire"),
    path("materials/editions/<str:ref>/book/", catalogue.book, name="book"),
    path("materials/editions/<str:ref>/withdraw/", catalogue.withdraw, name="withdraw"),
]
