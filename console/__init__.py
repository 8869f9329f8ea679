"""The process: command line, settings, identity, signals, output formats. Wires the app and holds no rules."""

import models as models  # first: it says what the libraries load
