"""How many answers a second, how late the slowest twentieth, and how much CPU an answer costs."""

import http.client
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what to send."""

    path: str
    headers: Mapping[str, str]
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it."""

    a_second: float
    p95_ms: float
    cpu_ms: float
    wrong: int


def measure(
    port: int, pids: Sequence[int], ask: Callable[[int], Asked], *, requests: int, clients: int = 4
) -> Measured:
    """Sends a bounded number of requests over a few kept connections, to this machine only."""
    times: list[float] = []
    wrong: list[int] = []
    lock = threading.Lock()
    numbers = iter(range(requests))

    def run() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            asked = ask(number)
            began = time.perf_counter()
            method = "POST" if asked.body is not None else "GET"
            connection.request(method, asked.path, body=asked.body, headers=dict(asked.headers))
            answer = connection.getresponse()
            answer.read()
            took = time.perf_counter() - began
            with lock:
                times.append(took)
                if answer.status >= 400:
                    wrong.append(answer.status)
        connection.close()

    before, began = _cpu(pids), time.perf_counter()
    threads = [threading.Thread(target=run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - began
    spent = _cpu(pids) - before
    times.sort()
    return Measured(
        len(times) / lasted, times[int(len(times) * 0.95)] * 1000, spent * 1000 / len(times), len(wrong)
    )


def _cpu(pids: Sequence[int]) -> float:
    """Seconds of CPU that these processes have used."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS
