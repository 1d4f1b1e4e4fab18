"""What OpenPGP puts around words: it names whoever signed, and is no part of a report."""

import pytest

from bots.mail.armor import without_armor
from bots.mail.envelope import envelope_of
from bots.mail.setup import setup_of
from tests.fakes.mail_samples import ATTACHED, PLAIN, SAID, UNKNOWN, encoded, mail, multipart, part

OURS = setup_of({"MAIL_ADDRESS": "lapor@kota.test", "MAIL_HOSTNAME": "mx.kota.test"})
SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCFiEEkanari4711\nAb+/=\n=abcd\n-----END PGP SIGNATURE-----\n"
KEY = SIGNATURE.replace("SIGNATURE", "PUBLIC KEY BLOCK").replace("\n\n", "\nComment: Budi Santoso\n\n", 1)
SEALED = SIGNATURE.replace("SIGNATURE", "MESSAGE").replace("\n\n", "\nVersion: GnuPG v2\n\n", 1)


def test_signed_words_are_the_words_alone() -> None:
    signed = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{SAID}\n- - satu\n- - dua\n{SIGNATURE}"
    envelope = envelope_of(mail("text/plain", signed), "budi@warga.test", OURS)
    assert envelope is not None
    assert envelope.text == f"{SAID}\n- satu\n- dua"


@pytest.mark.parametrize("block", [SIGNATURE, KEY, SEALED, SIGNATURE.rpartition("-----END")[0]])
def test_a_block_goes_and_the_words_around_it_stay(block: str) -> None:
    assert without_armor(f"{SAID}\n{block}\nSudah tiga hari di sini.").split("\n")[:1] == [SAID]
    assert without_armor(f"{SAID}\n{block}\nSudah tiga hari di sini.").endswith("Sudah tiga hari di sini.")
    assert "kanari" not in without_armor(f"{SAID}\n{block}")
    assert "Budi" not in without_armor(f"{SAID}\n{block}")


def test_words_without_armor_stay_as_they_are() -> None:
    for words in ("- - satu\n- - dua", "Tertulis: -----BEGIN PGP di dinding", "-----BEGIN PGP LAMPU-----\nMati."):
        assert without_armor(words) == words


@pytest.mark.parametrize(
    "letter",
    [
        mail("text/plain", SEALED),
        mail("text/plain", f"Tolong buka ini, Pak:\n\n{SEALED}\nSalam"),
        mail("text/html", "<p>Tolong buka ini:</p><div>" + SEALED.replace("\n", "<br>") + "</div>"),
        mail("multipart/mixed; boundary=b1", multipart("b1", PLAIN, encoded(UNKNOWN, SEALED.encode(), ATTACHED))),
        mail(
            "multipart/encrypted; boundary=b1",
            multipart("b1", part("application/pgp-encrypted", "Version: 1"), part(UNKNOWN, SEALED)),
        ),
    ],
    ids=["inline", "below words", "in a page", "attached", "PGP/MIME"],
)
def test_of_what_is_encrypted_nothing_is_kept_and_its_writer_is_told(letter: bytes) -> None:
    envelope = envelope_of(letter, "budi@warga.test", OURS)
    assert envelope is not None
    assert (envelope.files, envelope.refused) == ((), ("file_kind",))
    assert "BEGIN PGP" not in envelope.text
    assert "kanari" not in envelope.text
