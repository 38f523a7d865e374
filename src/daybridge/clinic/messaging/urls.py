"""Addresses of messages."""

from django.urls import path

from daybridge.clinic.messaging import views

app_name = "messaging"
urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<uuid:message_id>/again/", views.again, name="again"),
    path("outbox/<uuid:message_id>/back/", views.back, name="back"),
]
