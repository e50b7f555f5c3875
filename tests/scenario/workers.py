"""Scenarios side by side: each worker is a process of its own, with a homeserver of its own.

A worker takes one scenario after another. What may take longest begins first, so that no worker is left
alone with it at the end; what is printed comes in the order of the list all the same. Workers die with
the runner, and with them all that they started.
"""

import contextlib
import io
import multiprocessing
import os
from multiprocessing.connection import wait

from environment import LIMIT_S
from launch import die_with
from processes import Died

# A worker is a copy of the runner, so that it has the scenarios and what to do on a signal.
context = multiprocessing.get_context("fork")


def run(scenarios, count, make_shared, run_one):
    """Give what run_one(shared, name, function) gives, and print what it prints, for each scenario in order."""
    waiting = sorted(range(len(scenarios)), key=lambda number: -limit_s(scenarios[number]))
    workers = [Worker(scenarios, make_shared, run_one) for _ in range(min(max(count, 1), len(scenarios)))]
    try:
        busy = {worker.pipe: worker for worker in workers if worker.hand_out(waiting)}
        done = {}
        for number in range(len(scenarios)):
            while number not in done:
                for pipe in wait(list(busy)):
                    done.update(busy[pipe].take_in())
                    if not busy[pipe].hand_out(waiting):
                        del busy[pipe]
            outcome, printed = done.pop(number)
            print(printed, end="", flush=True)
            yield outcome
        for worker in workers:
            worker.process.join()
    finally:
        for worker in workers:
            worker.process.terminate()
            worker.process.join()


def limit_s(scenario):
    return getattr(scenario[1], "limit_s", LIMIT_S)


class Worker:
    """One process, told over a pipe which scenario is next, by its number; None: no more."""

    def __init__(self, scenarios, make_shared, run_one):
        self.pipe, its_end = context.Pipe()
        self.process = context.Process(target=work, args=(os.getpid(), its_end, scenarios, make_shared, run_one))
        self.process.start()
        its_end.close()  # so that ours ends when the worker does

    def hand_out(self, waiting):
        """Have it run the next; False when there is none."""
        number = waiting.pop(0) if waiting else None
        self.pipe.send(number)
        return number is not None

    def take_in(self):
        """{number: (outcome, what it printed)} of the scenario it ran."""
        try:
            return self.pipe.recv()
        except EOFError:
            raise Died("a worker ended in the middle of a scenario") from None


def work(runner, pipe, scenarios, make_shared, run_one):
    """The life of a worker."""
    die_with(runner)
    shared = make_shared()
    try:
        while (number := pipe.recv()) is not None:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                outcome = run_one(shared, *scenarios[number])
            pipe.send({number: (outcome, printed.getvalue())})
    except KeyboardInterrupt:
        pass  # the runner was interrupted, too, and says so
    finally:
        shared.close()
