"""What can happen to a report."""

from enum import StrEnum


class Act(StrEnum):
    """What can happen to a report; what staff order is called as on the command line."""

    FILED = "filed"
    CORRECTED = "corrected"  # category or place, by the citizen
    # staff
    START = "start"
    COORDINATE = "coordinate"
    DELEGATE = "delegate"
    RETURN = "return"
    PLAN = "plan"
    APPROVE_PLAN = "approve-plan"
    REJECT_PLAN = "reject-plan"
    ESTIMATE = "estimate"
    APPROVE_ESTIMATE = "approve-estimate"
    REFUSE_ESTIMATE = "refuse-estimate"
    ASK = "ask"
    CLOSE_QUESTION = "close-question"  # nobody has to answer it any more
    NOTE = "note"
    RESULT = "result"
    VALIDATE = "validate"
    REJECT_RESULT = "reject-result"
    REJECT = "reject"
    FORWARD = "forward"
    LINK = "link"
    DECLASSIFY = "declassify"  # a restricted report turns out to be no such matter
    # citizens
    ANSWER = "answer"
    ADD = "add"
    SOLVED = "solved"
    NOT_SOLVED = "not-solved"
    DISPUTE = "dispute"  # "not solved" once more than it reopens
    WITHDRAW = "withdraw"
    ASK_WITHDRAWAL = "ask-withdrawal"  # by who holds the code, and may be somebody else: a day to object
    OBJECT = "object"  # it shall not be withdrawn
    # the clock
    LATE = "late"
    CLIMB = "climb"
    EVALUATION = "evaluation"


_OF_CITIZENS = frozenset(
    {
        *(Act.CORRECTED, Act.ANSWER, Act.ADD, Act.SOLVED, Act.NOT_SOLVED, Act.DISPUTE),
        *(Act.WITHDRAW, Act.ASK_WITHDRAWAL, Act.OBJECT),
    }
)
_OF_THE_CLOCK = frozenset({Act.LATE, Act.CLIMB, Act.EVALUATION})
ORDERS = tuple(act for act in Act if act not in {Act.FILED} | _OF_CITIZENS | _OF_THE_CLOCK)
"""What staff can order at all, as the table of moves has it."""
