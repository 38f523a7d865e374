"""Addresses of tasks and the rota."""

from django.urls import URLPattern

app_name = "tasks"
urlpatterns: list[URLPattern] = []
