"""Addresses of medicines."""

from django.urls import URLPattern

app_name = "medicines"
urlpatterns: list[URLPattern] = []
