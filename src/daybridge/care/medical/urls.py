"""Addresses of the medical record."""

from django.urls import path

from daybridge.care.medical import views, views_first, views_medicines, views_nursing

app_name = "medical"
urlpatterns = [
    path("medicine/", views_first.first, name="first"),
    path("clients/<int:client_id>/medicines/", views_medicines.medicines, name="medicines"),
    path("clients/<int:client_id>/medical/", views.medical, name="medical"),
    path("clients/<int:client_id>/medical/screen/", views_nursing.nursing_screen, name="nursing_screen"),
    path("clients/<int:client_id>/medical/scale/<slug:scale>/", views_nursing.scale, name="scale"),
    path("clients/<int:client_id>/medical/<slug:kind>/", views.observation, name="observation"),
]
