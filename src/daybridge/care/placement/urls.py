"""Addresses of the decision and of stays."""

from django.urls import path

from daybridge.care.placement import views

app_name = "placement"
urlpatterns = [
    path("clients/<int:client_id>/placement/", views.decide, name="decide"),
    path("clients/<int:client_id>/admit/", views.admit, name="admit"),
    path("clients/<int:client_id>/papers/", views.papers, name="papers"),
    path("clients/<int:client_id>/level/", views.change_level, name="change_level"),
]
