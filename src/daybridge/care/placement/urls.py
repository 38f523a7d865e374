"""Addresses of the decision and of stays."""

from django.urls import path

from daybridge.care.placement import views, views_payer, views_stage

app_name = "placement"
urlpatterns = [
    path("clients/<int:client_id>/placement/", views.decide, name="decide"),
    path("clients/<int:client_id>/admit/", views.admit, name="admit"),
    path("clients/<int:client_id>/papers/", views.papers, name="papers"),
    path("clients/<int:client_id>/level/", views.change_level, name="change_level"),
    path("clients/<int:client_id>/placement/stage/", views_stage.stage, name="stage"),
    path("payers/", views_payer.payers, name="payers"),
    path("clients/<int:client_id>/payer/", views_payer.payer, name="payer"),
    path("clients/<int:client_id>/payer/<int:payer_id>/used/", views_payer.use_units, name="use_units"),
    path("clients/<int:client_id>/payer/<int:payer_id>/end/", views_payer.end_authorisation,
         name="end_authorisation"),
]
