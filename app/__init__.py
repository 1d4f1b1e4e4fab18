"""The only place that knows every other room: settings, wiring, loops, the command line."""
