"""Addresses of the programme's settings."""

from django.urls import path

from daybridge.clinic.programme import views

app_name = "programme"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/choices/<slug:key>/", views.choice, name="choice"),
    path("settings/choices/<slug:key>/looked-at/", views.look_at, name="look_at"),
    path("settings/places/", views.places, name="places"),
    path("settings/places/site/<int:site_id>/", views.change_site, name="change_site"),
    path("settings/places/room/<int:room_id>/", views.change_room, name="change_room"),
    path("settings/days/", views.days, name="days"),
    path("settings/days/<int:closure_id>/remove/", views.take_back, name="take_back"),
]
