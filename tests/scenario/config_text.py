"""The one place that knows how a config file is written: YAML for a Neighbourhood."""


def config_text(hood, homeserver=None, **settings):
    raise NotImplementedError
