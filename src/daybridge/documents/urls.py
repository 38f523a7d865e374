"""Addresses of documents."""

from django.urls import path

from daybridge.documents import views

app_name = "documents"
urlpatterns = [
    path("clients/<int:client_id>/documents/<uuid:document_id>/", views.fetch, name="fetch"),
]
