"""Suggestions on messages that training never saw, and how the weights come about."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from benchmarks.suggest import make, train
from core.categories import CATEGORIES
from core.model import CategoryId
from core.suggest import explain, suggest
from core.suggest.learned import NOTHING
from core.suggest.scores import with_new
from core.suggest.words import stems

ROOT: Final = Path(__file__).parents[1]


def _set(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """What each message of a set is about, and what is offered for it; written apart from cues and training."""
    lines = (Path(__file__).parent / f"suggest_{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t", 2) for line in lines)
    return [(leaf, tuple(each for each, _ in suggest(text).ranked)) for leaf, _, text in rows]


@pytest.mark.parametrize(("name", "first", "three", "silent"), [("dev", 0.86, 0.95, 0.85), ("test", 0.85, 0.95, 0.8)])
def test_messages_that_nobody_trained_on_are_read(name: str, first: float, three: float, silent: float) -> None:
    told = _set(name)
    meant = [(leaf, ranked) for leaf, ranked in told if leaf != NOTHING]
    noise = [ranked for leaf, ranked in told if leaf == NOTHING]
    assert sum(ranked[:1] == (leaf,) for leaf, ranked in meant) / len(meant) >= first
    assert sum(leaf in ranked[:3] for leaf, ranked in meant) / len(meant) >= three
    assert sum(not ranked for ranked in noise) / len(noise) >= silent


def test_what_is_clear_is_far_more_often_right_than_what_is_not() -> None:
    lines = (Path(__file__).parent / "suggest_test.tsv").read_text(encoding="utf-8").splitlines()
    told = [(leaf, suggest(text).ranked) for leaf, _, text in (line.split("\t", 2) for line in lines)]
    clear = [ranked[0][0] == leaf for leaf, ranked in told if ranked and ranked[0][1] >= 0.9]
    doubtful = [ranked[0][0] == leaf for leaf, ranked in told if ranked and ranked[0][1] < 0.5]
    assert sum(clear) / len(clear) >= 0.92
    assert sum(doubtful) / len(doubtful) <= 0.7


def test_how_it_is_typed_changes_little() -> None:
    for said in ("LAMPU JALAN MATI", "lmpu jln mati", "lampujalanmati", "lampuuuu jalan matiiii", "lampu jalna mati"):
        assert suggest(said).ranked[0][0] == "pju", said


def test_a_long_mail_is_read_for_what_it_is_about() -> None:
    polite = "Dengan hormat, semoga Bapak dan Ibu selalu dalam keadaan sehat dan sukses dalam menjalankan tugas. " * 8
    close = " Demikian surat ini kami sampaikan, atas perhatian dan kerja sama Bapak kami ucapkan terima kasih. " * 8
    assert suggest(f"{polite}Saluran air di depan rumah kami tersumbat lumpur.{close}").ranked[0][0] == "saluran_air"


def test_the_words_that_decided_are_told() -> None:
    decided = explain("min, lampu jalan mati di Tebet sudah seminggu, tolong")
    assert "lampu" in [word for word, _ in decided[:2]]
    assert all(part > 0 for _, part in decided)
    assert [part for _, part in decided] == sorted((part for _, part in decided), reverse=True)
    assert explain("halo") == ()


def test_what_is_ranked_first_is_what_is_explained_though_letters_alone_rank_another() -> None:
    text = "ziarah makam ramai skali tnp prokes"
    assert suggest(text).ranked[0][0] == "taman_tpu"
    assert explain(text)[0][0] == "makam"


def test_a_category_from_which_nothing_was_learned_is_found_by_its_cues() -> None:
    some = {NOTHING: 0.6, CategoryId("pju"): 0.4}
    found = with_new(stems("ada sabu dijual"), some)
    assert max(found, key=lambda each: found[each]) == "narkoba"
    assert sum(found.values()) < 1.001 + 0.5
    assert with_new(stems("halo"), {each.id: 0.1 for each in CATEGORIES}) == {each.id: 0.1 for each in CATEGORIES}


def test_the_weights_are_made_from_the_lines_and_templates_that_are_here() -> None:
    held = np.load(ROOT / "core" / "suggest" / "weights.npz")
    assert str(held["inputs"]) == train.inputs_hash(make.written()), "python benchmarks/suggest/train.py"
    assert (ROOT / "core" / "suggest" / "weights.npz").stat().st_size < 3_700_000


def test_who_asks_for_no_suggestion_does_not_pay_for_numpy() -> None:
    asked = "import core.suggest, sys; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert told.stdout.strip() == "False"


def test_training_twice_gives_the_same_weights() -> None:
    few = make.examples()[:400]
    once, again = train.train(few, epochs=1), train.train(few, epochs=1)
    assert all(np.array_equal(once[name], again[name]) for name in once)


def test_the_lines_by_hand_are_many_and_of_every_leaf() -> None:
    lines = list(make.by_hand())
    count = Counter(each.leaf for each in lines)
    assert len(lines) >= 1_500
    assert set(count) == {*(each.id for each in CATEGORIES), NOTHING}
    assert min(count.values()) >= 30
    assert len({(each.leaf, each.text) for each in lines}) == len(lines)


def test_nothing_of_the_sets_is_in_the_training() -> None:
    trained = {tuple(stems(each.text)) for each in make.examples()}
    for name in ("dev", "test"):
        rows = (Path(__file__).parent / f"suggest_{name}.tsv").read_text(encoding="utf-8").splitlines()
        said = [tuple(stems(row.split("\t", 2)[2])) for row in rows]
        assert sum(len(each) > 3 and each in trained for each in said) == 0


def test_a_line_that_names_no_leaf_is_refused(tmp_path: Path) -> None:
    given = tmp_path / "more.tsv"
    given.write_text("pju\tlampu mati\nnaga\tnaga lepas\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"more\.tsv:2"):
        list(make.from_file(given))


def test_lines_that_are_given_count_as_lines_by_hand_beside_all_others(tmp_path: Path) -> None:
    given = tmp_path / "more.tsv"
    given.write_text("pju\tlampu gang padam\nsampah\tsampah [alamat] numpuk\n-\thalo pak\n", encoding="utf-8")
    alone, more = train.told(None), train.told(given)
    assert more[: len(alone)] == alone
    assert [(each.leaf, each.text, each.weight) for each in more[len(alone) :]] == [
        ("pju", "lampu gang padam", 2.0), ("sampah", "sampah [alamat] numpuk", 2.0), ("-", "halo pak", 2.0),
    ]  # fmt: skip
