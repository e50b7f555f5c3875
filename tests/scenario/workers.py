"""Scenarios side by side: each worker is a process of its own, with a homeserver of its own.

The first worker goes down the list, so that there is something to tell from the beginning; the others
take what may take longest, so that none is left alone with it at the end. What is printed comes in the
order of the list. Workers die with the runner, and with them all that they started.
"""

import contextlib
import io
import multiprocessing
import operator
import os
from multiprocessing.connection import wait

from environment import LIMIT_S
from launch import die_with
from processes import Died

# A worker is a copy of the runner, so that it has the scenarios and what to do on a signal.
context = multiprocessing.get_context("fork")


def run(scenarios, count, make_shared, run_one):
    """Give what run_one(shared, name, function) gives, and print what it prints, for each scenario in order."""
    waiting = list(range(len(scenarios)))

    def limit_s(number):
        return getattr(scenarios[number][1], "limit_s", LIMIT_S)

    weights = [operator.neg, *[limit_s] * (min(count, len(scenarios)) - 1)]
    workers = [Worker(weight, scenarios, make_shared, run_one) for weight in weights]
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


class Worker:
    """One process, told over a pipe which scenario is next, by its number; None: no more."""

    def __init__(self, weight, scenarios, make_shared, run_one):
        self.weight = weight
        self.pipe, its_end = context.Pipe()
        self.process = context.Process(target=work, args=(os.getpid(), its_end, scenarios, make_shared, run_one))
        self.process.start()
        its_end.close()  # so that ours ends when the worker does

    def hand_out(self, waiting):
        """Have it run the first of those that weigh most; False when there is none."""
        number = max(waiting, key=self.weight, default=None)
        self.pipe.send(number)
        if number is None:
            return False
        waiting.remove(number)
        return True

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
