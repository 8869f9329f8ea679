"""The process: command line, settings, identity, signals, output formats. Wires the app and holds no rules."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("dispute-console")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0"
