"""Addresses of attendance and hours."""

from django.urls import path

from daybridge.care.hours import views, views_help, views_kiosk, views_video

app_name = "hours"
urlpatterns = [
    path("hours/", views.board, name="board"),
    path("hours/book-sure/", views.book_sure, name="book_sure"),
    path("clients/<int:client_id>/hours/book/", views.book, name="book"),
    path("clients/<int:client_id>/hours/why/", views.why, name="why"),
    path("sessions/<int:occurrence_id>/", views.room, name="room"),
    path("sessions/<int:occurrence_id>/leader/", views.substitute, name="substitute"),
    path("kiosk/<str:token>/", views_kiosk.kiosk, name="kiosk"),
    path("kiosks/", views_kiosk.kiosks, name="kiosks"),
    path("my/code/", views_kiosk.my_code, name="my_code"),
    path("clients/<int:client_id>/help-here/", views_help.help_here, name="help_here"),
    path("clients/<int:client_id>/groups/<int:occurrence_id>/video/", views_video.by_video,
         name="by_video"),
    path("arrivals/", views.arrivals_page, name="arrivals"),
]
