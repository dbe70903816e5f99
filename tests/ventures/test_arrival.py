"""A deadline is kept by the moment in which the server had the whole request."""

import http.client
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from waitress import wasyncore

from common import serving
from common.clock import now
from common.site import arrival
from rounds.models import Round
from tests.factories import a_round, a_venture, an_applicant
from tests.waiting import DEADLINE, wait_until
from ventures.models import Venture
from ventures.states import State


def submit(client: Any, venture: Venture, **meta: Any) -> Any:
    data = {"declared": "on", "version": venture.application.version}
    return client.post(reverse("apply_submit", args=[venture.pk]), data, **meta)


@pytest.mark.django_db
def test_who_arrived_before_the_deadline_is_in_time_however_long_he_waited(client: Any) -> None:
    user, organization = an_applicant()
    venture = a_venture(round=a_round(), organization=organization)
    client.force_login(user)
    Round.objects.update(closes_at=now() - timedelta(seconds=2))
    before = timezone.now() - timedelta(seconds=3)
    answer = submit(client, venture, **{arrival.KEY: before})
    assert answer.status_code == 302
    assert Venture.objects.get(pk=venture.pk).state == State.SUBMITTED
    assert venture.submissions.get().at == before


@pytest.mark.django_db
def test_who_arrived_after_it_is_late_and_a_header_changes_nothing(client: Any) -> None:
    user, organization = an_applicant()
    venture = a_venture(round=a_round(), organization=organization)
    client.force_login(user)
    Round.objects.update(closes_at=now() - timedelta(seconds=2))
    early = (timezone.now() - timedelta(seconds=3)).isoformat()
    answer = submit(client, venture, headers={"hongchuang-arrived-at": early, "hongchuang.arrived_at": early})
    assert answer.status_code == 409
    assert Venture.objects.get(pk=venture.pk).state == State.DRAFT


def test_a_moment_that_is_too_old_or_in_the_future_is_not_believed() -> None:
    request = RequestFactory().get("/")
    for wrong in (timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1), "2020-01-01", None):
        request.META[arrival.KEY] = wrong
        before = timezone.now()
        assert before <= arrival.arrived_at(request) <= timezone.now()


def test_the_server_notes_when_it_had_the_whole_request_not_when_a_thread_was_free() -> None:
    arrivals: list[datetime] = []
    freed: list[datetime] = []  # when the only thread was done with each

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        arrivals.append(environ[arrival.KEY])
        if not freed:
            wait_until(lambda: server.task_dispatcher.queue.waiting == 2, "the other two wait for the only thread")
        freed.append(timezone.now())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    server = serving.create(app, host="127.0.0.1", port=0, threads=1)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=DEADLINE)
        connection.request("POST", "/", body=b"x" * 1000)
        connection.getresponse().read()

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    # Closed in the thread that looks at the sockets: it must not find one gone while it waits for it.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    running.join(timeout=DEADLINE)
    server.task_dispatcher.shutdown()
    assert not running.is_alive()
    assert len(arrivals) == 3
    assert max(arrivals) <= freed[0], "each had arrived before the first was answered"
