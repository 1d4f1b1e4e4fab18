"""How letters follow each other in what people write: a table, for those who ask whether bytes could be words.

Counted in Indonesian and English words, names of people and of cameras. The reader that cleans and the one that proves
share these numbers and nothing else.
"""

from typing import Final

SIGNS: Final = b" .,:/@_-+'"
"""What stands between words, in numbers, addresses and dates."""

TEXT: Final = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + SIGNS)

FOLLOWS: Final = (
    "24551245425668050666323050",  # a
    "82227011622522630524700040",  # b
    "71417007605510700536400040",  # c
    "83057222803332610551601030",  # d
    "54464343324657251776043430",  # e
    "61116612801501800625500000",  # f
    "80027065605423620552602000",  # g
    "81027000702133720414501030",  # h
    "54554444125658540567240203",  # i
    "91126121613411551141711111",  # j
    "83218011622334640454601020",  # k
    "81157402703632630153620040",  # l
    "86038002602240660241500020",  # m
    "60566280533314620056420050",  # n
    "34452543315667450756645221",  # o
    "81037015523622750645600030",  # p
    "44444444444744444544944444",  # q
    "73257042725344620256623050",  # r
    "71327015714342552157603020",  # s
    "71217217710312630654603040",  # t
    "65355144326667150766000000",  # u
    "71119121711111511111112121",  # v
    "81227307702205620551302010",  # w
    "63435333633343353338333473",  # x
    "92336031420232650365501013",  # y
    "73348333735433633333433334",  # z
)
"""Of a letter and the next one (a row for the first, a digit for the second): how many bits it tells against chance,
which has 256 ways; and two more, so that no digit has a sign. A capital in a row of them tells one bit less."""

MOVES: Final = {
    "a0": -1, "a ": 1, "aA": -3, "A0": 0, "A ": 1, "00": 4, "0 ": 2, "0a": -1, "0A": -1, " a": 2, " A": 1, " 0": 2,
    "  ": 0,
}  # fmt: skip
"""The same between other kinds of sign: small letter (a), capital (A), digit (0), sign."""

LEAST: Final = 11
"""Signs in a row, under which nothing is asked: chance makes shorter ones everywhere."""

ENOUGH: Final = 30
"""Bits that make words of a row; each pair counts once, for patterns repeat and words do not. In bytes of chance a row
tells so much about once in 30 gigabytes."""

VARIED: Final = 6
"""Different signs that a row of words has at least: coded film has patterns of a few, most of all of digits."""

MANY: Final = 22
"""Different pairs that make words of a row, whatever the letters."""

MOST: Final = 10_000
"""Different rows in one file; what has more is not coded sound."""

MOST_IN_SAMPLES: Final = 100_000
"""The same in samples as they are, of which loud and soft ones have thousands; of so many, all count as words."""

LONGEST: Final = 10_000
"""Letters of a row that need not be read to be words, where they are not always the same few."""
