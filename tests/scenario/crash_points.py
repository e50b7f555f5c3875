"""Which points the daemon can be told to kill itself at."""


def names(program):
    raise NotImplementedError
