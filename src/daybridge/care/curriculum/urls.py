"""Addresses of curriculum."""

from django.urls import URLPattern

app_name = "curriculum"
urlpatterns: list[URLPattern] = []
