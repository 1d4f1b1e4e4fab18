"""The desk of those who handle reports: one page a module, and `table` has them all.

Who lives here: `session` (who is there), `routes` (what a page is, and what is asked before one is shown), `frame` (how
a page looks), `expired_session` (a session that ended); the pages: `login`, `queue`, `report` with `files` and
`refused_form`, `checks` with `comparison`, `late`, `evaluation` with `printed`, `account` and `factor` with
`reauthentication`; of clerks `counter`; of administrators `staff`, `offices`, `routing`, `partners`, `canned` and
`system`; of auditors `trail`; `select_options` and `paging` for long lists. `web.services.Desk` is what it is given.
"""
