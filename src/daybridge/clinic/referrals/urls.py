"""Addresses of referrals."""

from django.urls import URLPattern, path

from daybridge.clinic.referrals import views, views_letter, views_partners

app_name = "referrals"
_OF = "clients/<int:client_id>/referrals/"
urlpatterns: list[URLPattern] = [
    path("referrals/", views.desk, name="desk"),
    path(_OF, views.of, name="of"),
    path(f"{_OF}in/", views.take_in, name="take_in"),
    path(f"{_OF}in/<int:in_id>/", views.answer_in, name="answer_in"),
    path(f"{_OF}<int:referral_id>/", views.one, name="one"),
    path(f"{_OF}<int:referral_id>/step/", views.step, name="step"),
    path(f"{_OF}<int:referral_id>/letter/", views_letter.view, name="letter"),
    path(f"{_OF}<int:referral_id>/chase/", views.chase, name="chase"),
    path("services/", views_partners.catalogue, name="catalogue"),
    path("services/<slug:service>/", views_partners.service, name="service"),
    path("partners/", views_partners.partners, name="partners"),
    path("partners/new/", views_partners.new, name="partner_new"),
    path("partners/<int:partner_id>/", views_partners.partner, name="partner"),
    path("partners/<int:partner_id>/edit/", views_partners.edit, name="partner_edit"),
]
