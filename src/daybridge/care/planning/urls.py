"""Addresses of the plan."""

from django.urls import path

from daybridge.care.planning import views

app_name = "planning"
urlpatterns = [
    path("clients/<int:client_id>/plan/", views.plan, name="plan"),
    path("my/plan/", views.mine, name="mine"),
]
