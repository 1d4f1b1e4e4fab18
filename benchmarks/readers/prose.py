"""Public sentences: words are learned from them, and that nobody gives themselves away in them."""

import gzip
import random
from pathlib import Path

from benchmarks.readers.lines import Line

NEWS = "indonli_news_wiki"
PLAIN = ("indonlu", NEWS, "reviews_pln", "tweets_corona_jkt_2020", "nusawrites_betawi", "nusawrites_javanese",
         "nusawrites_sundanese")  # fmt: skip
ALL = (*PLAIN, "nusawrites_indonesian_tweets", "tweets_vaksin_2021")
LEAST, MOST = 20, 400  # characters


def sentences(corpus: Path, names: tuple[str, ...], count: int, rng: random.Random) -> list[Line]:
    """So many of them, as many of each source as there are."""
    found = []
    for name in names:
        with gzip.open(corpus / "text" / f"{name}.txt.gz", "rt", encoding="utf-8") as opened:
            told = [line.strip() for line in opened if LEAST < len(line.strip()) < MOST]
        found += rng.sample(told, min(len(told), count // len(names)))
    return [Line(each) for each in found]
