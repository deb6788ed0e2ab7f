"""The list of notices, and addresses that stand in letters."""

from django.urls import path

from heard.foundation.delivery import views

app_name = "delivery"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("letters/<str:token>/unsubscribing/", views.unsubscribing, name="unsubscribing"),
    path(
        "letters/<str:token>/unsubscribing/withdrawal/",
        views.unsubscribing_withdrawal,
        name="unsubscribing-withdrawal",
    ),
]
