"""Addresses of medicines."""

from django.urls import path

from daybridge.care.medicines import views

app_name = "medicines"
urlpatterns = [
    path("my/medicines/", views.mine, name="mine"),
    path("naloxone/", views.kits, name="kits"),
]
