"""Addresses of the times that clients and staff give."""

from django.urls import path

from daybridge.clinic.calendar import views

app_name = "calendar"
urlpatterns = [
    path("my/times/", views.my_times, name="my_times"),
    path("my-hours/", views.my_hours, name="my_hours"),
    path("clients/<int:client_id>/times/", views.times_of_client, name="client_times"),
    path("staff/<int:user_id>/hours/", views.hours_of_staff, name="staff_hours"),
]
