"""Addresses of files in and out."""

from django.urls import path

from daybridge.exchange import views

app_name = "exchange"
urlpatterns = [
    path("import/clients/", views.choose, name="choose"),
    path("import/clients/<uuid:import_id>/", views.one_import, name="import"),
    path("import/clients/<uuid:import_id>/go/", views.go, name="go"),
    path("import/clients/<uuid:import_id>/cancel/", views.cancel, name="cancel"),
]
