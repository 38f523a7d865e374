"""Addresses of the programme's settings."""

from django.urls import URLPattern

app_name = "programme"
urlpatterns: list[URLPattern] = []
