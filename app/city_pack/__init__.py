"""The folder of a city as its operator makes it: what is wrong with it, a new one, and what a changed one moves."""
