"""Addresses of pages made of several domains."""

from django.urls import path

from daybridge.pages import (
    chart,
    client_home,
    consents,
    find,
    leaving,
    letters,
    library,
    my_consents,
    papers,
    programme,
    requests,
    staff,
    supporter_home,
    today,
    views,
)
from daybridge.pages import chart, client_home, find, leaving, programme, supporter_home, thread, today, views

app_name = "pages"
urlpatterns = [
    path("", views.front, name="front"),
    path("today/", today.today, name="today"),
    path("clients/<int:client_id>/", chart.chart, name="chart"),
    path("clients/<int:client_id>/thread/", thread.thread, name="thread"),
    path("home/", client_home.client_home, name="client_home"),
    path("support/", supporter_home.supporter_home, name="supporter_home"),
    path("programme/", programme.programme, name="programme"),
    path("staff/", staff.staff_page, name="staff"),
    path("staff/<int:staff_id>/hand-over/", staff.hand_over, name="hand_over"),
    path("staff/<int:staff_id>/back/", staff.back, name="back"),
    path("staff/<int:staff_id>/leaving/", leaving.leaving, name="leaving"),
    path("library/", library.library, name="library"),
    path("library/<slug:slug>/", library.one_practice, name="practice"),
    path("clients/<int:client_id>/consents/", consents.consents, name="consents"),
    path("clients/<int:client_id>/consents/new/", consents.consent_new, name="consent_new"),
    path("clients/<int:client_id>/helpers/", consents.invite_helper, name="invite_helper"),
    path("clients/<int:client_id>/letters/<int:consent_id>/", letters.letters, name="letters"),
    path("clients/<int:client_id>/letters/<int:consent_id>/<int:number>/", letters.letter, name="letter"),
    path("clients/<int:client_id>/letters/<int:consent_id>/<int:number>/draft/", letters.draft,
         name="letter_draft"),
    path("clients/<int:client_id>/documents/", papers.papers, name="papers"),
    path("clients/<int:client_id>/requests/", requests.requests, name="requests"),
    path("clients/<int:client_id>/requests/<int:request_id>/", requests.answer, name="answer"),
    path("clients/<int:client_id>/told/", requests.ledger, name="ledger"),
    path("clients/<int:client_id>/told/list/", requests.ledger_pdf, name="ledger_pdf"),
    path("privacy/", requests.privacy, name="privacy"),
    path("my/consents/", my_consents.my_consents, name="my_consents"),
    path("my/record/", requests.my_record, name="my_record"),
    path("find/", find.find, name="find"),
    path("nothing-here/", views.nothing_here, name="nothing_here"),
]
