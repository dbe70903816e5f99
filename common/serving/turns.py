"""Whose turn it is: requests wait in one line per address, and no address holds more than its share of the threads."""

from collections import Counter, deque
from threading import Lock
from typing import Any

from waitress.task import ThreadedTaskDispatcher

Line = deque[Any]


class Turns:
    """Stands where waitress has the queue of its dispatcher, and is used behind its lock. Its length is how many may begin."""

    def __init__(self, lock: Lock, most: int) -> None:
        self.lock, self.most = lock, most
        self.lines: dict[str, Line] = {}  # the address that has waited longest since its last turn comes first
        self.at_work: Counter[str] = Counter()

    def append(self, channel: Any) -> None:
        self.lines.setdefault(channel.client(channel.requests[0]), deque()).append(channel)

    def __len__(self) -> int:
        return sum(min(len(line), self._free(address)) for address, line in self.lines.items())

    @property
    def waiting(self) -> int:
        """How many there are, their turn or not."""
        return sum(map(len, self.lines.values()))

    def popleft(self) -> "Turn":
        address = min((a for a in self.lines if self._free(a)), key=lambda a: self.at_work[a])
        line = self.lines.pop(address)
        turn = Turn(self, address, line.popleft())
        if line:
            self.lines[address] = line
        self.at_work[address] += 1
        return turn

    def over(self, address: str) -> None:
        self.at_work[address] -= 1
        if not self.at_work[address]:
            del self.at_work[address]

    def _free(self, address: str) -> int:
        return self.most - self.at_work[address]


class Turn:
    """One request that is answered: what a thread of the dispatcher is given."""

    def __init__(self, turns: Turns, address: str, channel: Any) -> None:
        self.turns, self.address, self.channel = turns, address, channel

    def service(self) -> None:
        try:
            self.channel.service()
        finally:
            with self.turns.lock:
                self.turns.over(self.address)

    def cancel(self) -> None:
        """At the end of the server, which has the lock."""
        self.turns.over(self.address)
        self.channel.cancel()


def dispatcher(threads: int, most: int) -> ThreadedTaskDispatcher:
    """So many threads, of which an address has at most so many."""
    made = ThreadedTaskDispatcher()
    made.queue = Turns(made.lock, most)
    made.set_thread_count(threads)
    return made
