"""Addresses of measures."""

from django.urls import path

from daybridge.quality import views

app_name = "quality"
urlpatterns = [
    path("principles/", views.principles, name="principles"),
    path("principles/<slug:measure_id>/", views.measure, name="measure"),
]
