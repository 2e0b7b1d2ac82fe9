from django.urls import path

from upstander.web.directory.views import editing, finding, incoming, outgoing, sharing

app_name = "directory"
urlpatterns = [
    path("find/", finding.find_page, name="find"),
    path("find/<str:ref>/", finding.service, name="service"),
    path("find/<str:ref>/wrong/", finding.wrong, name="wrong"),
    path("api/hsds/3.0/", sharing.about, name="api"),
    path("api/hsds/3.0/services", sharing.services, name="api_services"),
    path("api/hsds/3.0/services/<uuid:uid>", sharing.service, name="api_service"),
    path("api/hsds/3.0/service_at_locations", sharing.at_locations, name="api_at_locations"),
    path("api/hsds/3.0/service_at_locations/<uuid:uid>", sharing.at_location, name="api_at_location"),
    path("api/hsds/3.0/organizations", sharing.organizations, name="api_organizations"),
    path("api/hsds/3.0/organizations/<uuid:uid>", sharing.organization, name="api_organization"),
    path("api/hsds/3.0/taxonomies", sharing.taxonomies, name="api_taxonomies"),
    path("api/hsds/3.0/taxonomies/<uuid:uid>", sharing.taxonomy, name="api_taxonomy"),
    path("api/hsds/3.0/taxonomy_terms", sharing.terms, name="api_terms"),
    path("api/hsds/3.0/taxonomy_terms/<uuid:uid>", sharing.term, name="api_term"),
    path("api/hsds/3.0/<path:address>", sharing.nowhere, name="api_nowhere"),
    path("directory/", editing.entries, name="entries"),
    path("directory/services.<str:form>", outgoing.published, name="download"),
    path("directory/units/", finding.units, name="units"),
    path("directory/drafts/take/", editing.take, name="take_drafts"),
    path("directory/incoming/", incoming.incoming, name="incoming"),
    path("directory/incoming/files/<str:ref>/", incoming.settle_file, name="settle_file"),
    path("directory/incoming/<str:ref>/", incoming.settle, name="settle_incoming"),
    path("directory/new/", editing.write, name="new"),
    path("directory/organizations/new/", editing.organization, name="new_organization"),
    path("directory/organizations/<str:ref>/places/new/", editing.place, name="new_place"),
    path("directory/corrections/<str:ref>/", editing.settle, name="settle"),
    path("directory/<str:ref>/", editing.entry, name="entry"),
    path("directory/<str:ref>/edit/", editing.edit, name="edit"),
    path("directory/<str:ref>/check/", editing.check, name="check"),
    path("directory/<str:ref>/off/", editing.off, name="off"),
]
