"""Addresses of reaching out and of ends."""

from django.urls import path

from daybridge.care.retention import views

app_name = "retention"
urlpatterns = [
    path("outreach/", views.outreach, name="outreach"),
    path("clients/<int:client_id>/outreach/<int:outreach_id>/", views.attempt, name="attempt"),
    path("clients/<int:client_id>/end/", views.end, name="end"),
]
