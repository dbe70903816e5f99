"""Many hands at once, over HTTP: one wins, the others are told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from common.clock import today
from common.models import JournalEntry, Sending
from tests.web.desk_world import answers_of, body, make_desk, planted, post, signed_in, to_screen
from tests.web.forms_of_pages import read
from ventures.states import State

pytestmark = pytest.mark.engines

THREADS = 20


@pytest.mark.django_db(transaction=True)
def test_twenty_clerks_accept_one_venture_and_exactly_one_succeeds():
    desk = make_desk()
    venture = to_screen(desk)
    clients = [signed_in(desk.clerk) for __ in range(THREADS)]
    given = {**answers_of(venture), "seen": State.SUBMITTED}
    together = Barrier(THREADS)

    def accept(client):
        try:
            together.wait()
            answer = post(client, "desk_venture_accept", venture.pk, given)
            return answer.status_code, body(answer)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(accept, clients))
    assert Counter(status for status, __ in answers) == {302: 1, 409: THREADS - 1}
    venture.refresh_from_db()
    assert venture.state == State.ELIGIBLE
    assert JournalEntry.objects.of(venture).filter(verb="accept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_sendings_of_one_page_at_the_same_time_one_adds():
    desk = make_desk()
    venture = planted(desk, State.IN_DELIVERY)
    url = reverse("apply_activities", args=[venture.pk])
    page = read(desk.applicant, url, topic="邻里讲堂", held_on=today().isoformat(), attendance="20")[2]
    clients = [signed_in(desk.applicant) for __ in range(THREADS)]
    together = Barrier(THREADS)

    def send(client):
        try:
            together.wait()
            return client.post(url, page).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        assert set(pool.map(send, clients)) == {302}
    assert venture.activities.count() == 1 and Sending.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_tabs_that_save_what_they_show_at_the_same_time_one_wins_and_the_others_are_told():
    desk = make_desk()
    url = reverse("account")
    tabs = [(signed_in(desk.clerk), read(desk.clerk, url, name=f"初审员{n}")[2]) for n in range(5)]
    together = Barrier(len(tabs))

    def save(tab):
        client, page = tab
        try:
            together.wait()
            return client.post(url, page).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tabs)) as pool:
        assert Counter(pool.map(save, tabs)) == {302: 1, 409: len(tabs) - 1}
    assert JournalEntry.objects.of(desk.clerk).count() <= 1
