"""What the command line does: a module a command, or a few that belong together."""
