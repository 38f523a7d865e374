"""Addresses of the plan."""

from django.urls import path

from daybridge.care.planning import views, views_read

app_name = "planning"
urlpatterns = [
    path("clients/<int:client_id>/plan/", views.plan, name="plan"),
    path("clients/<int:client_id>/plan/changes/", views_read.changes, name="changes"),
    path("my/plan/", views_read.mine, name="mine"),
]
