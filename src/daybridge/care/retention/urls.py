"""Addresses of outreach and ends of stays."""

from django.urls import URLPattern

app_name = "retention"
urlpatterns: list[URLPattern] = []
