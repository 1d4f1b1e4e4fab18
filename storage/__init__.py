"""Rows, queries, seals, files: everything that is kept."""
