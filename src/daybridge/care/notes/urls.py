"""Addresses of notes."""

from django.urls import path

from daybridge.care.notes import views, views_cosign, views_own

app_name = "notes"
urlpatterns = [
    path("notes/to-sign/", views_own.to_sign, name="to_sign"),
    path("sessions/<int:occurrence_id>/cosign/", views_cosign.cosign_group, name="cosign_group"),
    path("notes/macros/", views_own.macros, name="macros"),
    path("notes/wrong-chart/", views_own.withdrawals, name="withdrawals"),
    path("my/notes/", views_own.mine, name="mine"),
    path("clients/<int:client_id>/notes/", views.notes, name="notes"),
    path("clients/<int:client_id>/notes/new/", views.new, name="new"),
    path("clients/<int:client_id>/notes/apart/", views.apart, name="apart"),
    path("clients/<int:client_id>/notes/<int:note_id>/", views.note, name="note"),
    path("clients/<int:client_id>/notes/<int:note_id>/withdraw/", views_own.withdraw, name="withdraw"),
    path("clients/<int:client_id>/notes/<int:note_id>/take-along/", views_own.take_along,
         name="take_along"),
]
