"""Addresses of pages made of several domains."""

from django.urls import path

from daybridge.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.front, name="front"),
    path("nothing-here/", views.nothing_here, name="nothing_here"),
]
