"""Addresses of the standing week."""

from django.urls import path

from daybridge.care.weekplan import views, views_place

app_name = "weekplan"
urlpatterns = [
    path("week-plan/", views.searches, name="searches"),
    path("week-plan/<uuid:search_id>/", views.search, name="search"),
    path("week-plan/<uuid:search_id>/stop/", views.stop, name="stop"),
    path("week-plan/<uuid:search_id>/give/", views.give, name="give"),
    path("week-plan/<uuid:search_id>/end/", views.end, name="end"),
    path("clients/<int:client_id>/groups/offer/", views_place.offer, name="offer"),
]
