"""Record events one after another and be killed: 50 times, half of them in the middle of a write.

usage: python killed_writer.py FILE ROUNDS TOTAL SEED; prints the numbers that were confirmed, as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from sojourn.shelf import Draft, record

path, rounds, total, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
chance = random.Random(seed)
whole_write = os.write


def child(pipe: int, first: int, die_at: int) -> None:
    """Record and confirm; with `die_at`, end by kill -9 after part of that many writes."""
    writes = 0

    def short_write(fd: int, data: bytes) -> int:
        nonlocal writes
        writes += 1
        done = whole_write(fd, bytes(data[: 1 + len(data) // 2]))  # a short write, as a disk may do
        if writes == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    for n in range(first, total):
        os.write = short_write
        record(path, [Draft("note", date(2026, 1, 5), {"text": f"recording {n}"})], datetime.now(UTC), wait=60)
        os.write = whole_write
        whole_write(pipe, f"{n}\n".encode())
    os._exit(0)


confirmed: list[int] = []
upto = 0
for round_ in range(rounds):
    reader, writer = os.pipe()
    die_at = chance.randint(60, 300) if round_ % 2 and round_ < rounds - 1 else 0  # a line takes about nine such writes
    pid = os.fork()
    if pid == 0:
        child(writer, upto, die_at)
    os.close(writer)
    acks = b""
    aim = total if round_ == rounds - 1 else total * (round_ + 1) // rounds
    while piece := os.read(reader, 4096):
        acks += piece
        if not die_at and round_ < rounds - 1 and upto + acks.count(b"\n") >= aim:
            time.sleep(chance.random() * 0.01)
            os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(reader)
    numbers = [int(x) for x in acks.split(b"\n")[:-1]]
    confirmed += numbers
    upto = numbers[-1] + 1 if numbers else upto
sys.stdout.write(json.dumps(confirmed))
