"""Addresses of what is asked."""

from django.urls import path

from heard.features.asks.views import asking, looking, results

app_name = "asks"
urlpatterns = [
    path("asks/", looking.asks, name="list"),
    path("asks/new/", asking.new, name="new"),
    path("asks/<str:code>/", looking.ask, name="ask"),
    path("asks/<str:code>/group/", looking.group, name="group"),
    path("asks/<str:code>/issued.json", looking.issued, name="issued"),
    path("asks/<str:code>/check/", looking.checked, name="check"),
    path("asks/<str:code>/results/", results.results, name="results"),
    path("asks/<str:code>/results/<int:nth>/", results.question, name="question"),
    path("asks/<str:code>/reminder/", asking.reminder, name="reminder"),
    path("asks/<str:code>/withdrawal/", asking.withdrawal, name="withdrawal"),
    path("asks/<str:code>/schedule/withdrawal/", asking.schedule_withdrawal, name="schedule-withdrawal"),
    path("communities/<str:slug>/polls/new/", asking.new_poll, name="new-poll"),
]
