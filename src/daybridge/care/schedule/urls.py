"""Addresses of groups and sessions."""

from django.urls import path

from daybridge.care.schedule import views

app_name = "schedule"
urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/new/", views.new_group, name="new_group"),
    path("clients/<int:client_id>/groups/", views.places, name="places"),
    path("clients/<int:client_id>/groups/join/", views.join_group, name="join"),
    path("clients/<int:client_id>/groups/<int:series_id>/leave/", views.leave_group, name="leave"),
    path("clients/<int:client_id>/sessions/book/", views.book_one, name="book_one"),
]
