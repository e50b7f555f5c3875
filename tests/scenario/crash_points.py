"""Which points the daemon can be told to kill itself at."""


def names(program):
    return ["1", "2", "3", "4", "5"]
