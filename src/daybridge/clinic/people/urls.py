"""Addresses of people."""

from django.urls import path

from daybridge.clinic.people import views, views_access, views_blocks, views_papers, views_same, views_staff

app_name = "people"
urlpatterns = [
    path("clients/", views.clients, name="list"),
    path("clients/new/", views.new, name="new"),
    path("clients/<int:client_id>/details/", views.details, name="details"),
    path("clients/<int:client_id>/details/names/", views.change, name="change"),
    path("clients/<int:client_id>/details/contact/", views.add_contact, name="add_contact"),
    path("clients/<int:client_id>/details/contact/<int:contact_id>/", views.change_contact,
         name="change_contact"),
    path("clients/<int:client_id>/details/profile/", views.change_profile, name="profile"),
    path("clients/<int:client_id>/details/supporters/", views.add_supporter, name="add_supporter"),
    path("clients/<int:client_id>/blocks/", views_blocks.blocks, name="blocks"),
    path("clients/<int:client_id>/blocks/<int:user_id>/end/", views_blocks.end_block,
         name="end_block"),
    path("clients/<int:client_id>/details/own-page/", views_access.invite_client, name="invite_client"),
    path("staff/licences/add/", views_staff.add_licence, name="add_licence"),
    path("staff/licences/<int:licence_id>/renewal/", views_staff.renew, name="renew"),
    path("staff/licences/<int:licence_id>/look-up/", views_staff.look_up, name="look_up"),
    path("staff/licences/<int:licence_id>/papers/", views_papers.papers, name="licence_papers"),
    path("staff/licences/<int:licence_id>/papers/<uuid:paper_id>/", views_papers.paper, name="licence_paper"),
    path("staff/<int:staff_id>/relations/", views_staff.relations, name="relations"),
    path("clients/same-person/", views_same.same_person, name="same_person"),
    path("clients/same-person/<int:fold_id>/<slug:what>/", views_same.settle_fold, name="settle_fold"),
    path("clients/<int:client_id>/same-person/", views_same.fold, name="fold"),
    path("staff/invite/", views_access.invite, name="invite"),
    path("staff/<int:staff_id>/new-way-in/", views_access.new_way_in, name="new_way_in"),
]
