"""How fast core.redact reads: messages a second on one core, and hostile texts of 200,000 characters.

Run: python benchmarks/redact_speed.py
"""

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.redact import closed, find

MESSAGES = tuple(
    """
Lampu jalan di Jl. Melati RT 03 RW 05 Kelurahan Angke sudah mati tiga minggu, malam hari gelap sekali dan kemarin ada \
yang jatuh dari motor. Tiang nomor KJ-112 dekat warung. Mohon segera diperbaiki, terima kasih.
PT Maju Jaya di Gedung Menara Sudirman lantai 12 masih mewajibkan semua karyawan masuk 100% padahal bukan sektor \
esensial. Jam kerja 08.00-17.00, absen pakai sidik jari, banyak yang batuk. Mohon disidak segera.
Selamat pagi, nama saya Budi Santoso, hp 0812-3456-7890. Rumah saya di Jl. Kenanga No. 14 RT 02/RW 07. Tetangga \
membakar sampah tiap sore, asapnya masuk ke rumah. Saya sudah lapor Pak RT tapi tidak digubris. Salam, Budi
halo min mau lapor parkir liar depan pasar tanah abang, tiap hari bayar 10 ribu ke preman, motor motor makan trotoar \
sampe pejalan kaki harus turun ke jalan, bahaya bgt apalagi jam pulang kantor macet total tolong ditertibkan ya
There has been a crowd every night at the cafe on Jl. Kemang Raya since 3 July 2021, more than 50 people without masks \
and loud music until 02.00. The owner says that he has a permit. Please check this, thank you very much.
""".strip().split("\n")
)
ROUNDS = 400
HOSTILE: dict[str, Callable[[int], str]] = {
    "one digit": lambda n: "1" * n,
    "zeros and gaps": lambda n: "0 " * (n // 2),
    "spaced digits": lambda n: "1 2-3.4 " * (n // 8),
    "eights": lambda n: "08" * (n // 2),
    "phones": lambda n: "081234567890 " * (n // 13),
    "NIKs": lambda n: "3174091203850001 " * (n // 17),
    "at signs": lambda n: "@" * n,
    "mail locals": lambda n: "a." * (n // 2),
    "mails": lambda n: "a@b.co " * (n // 7),
    "spelt at": lambda n: " at gmail dot" * (n // 13),
    "saya": lambda n: "saya " * (n // 5),
    "nama saya": lambda n: "nama saya " * (n // 10),
    "names": lambda n: "nama saya Budi " * (n // 15),
    "capitals": lambda n: "Budi " * (n // 5),
    "closings": lambda n: "salam, " * (n // 7),
    "addresses": lambda n: "rumah saya di jl " * (n // 17),
    "streets": lambda n: "jl melati no 1 " * (n // 15),
    "told": lambda n: "sudah sudah lapor ke pak " * (n // 25),
    "seen": lambda n: "dari atas dalam lantai " * (n // 23),
    "ranks": lambda n: "pak bu " * (n // 7),
    "number words": lambda n: "nol satu " * (n // 9),
    "accounts": lambda n: "rekening bca no " * (n // 16),
    "plates": lambda n: "B 1234 ABC " * (n // 11),
    "only": lambda n: "saya satu-satunya " * (n // 18),
    "only, and then I": lambda n: "satu-satunya a " * (n // 15),
    "who did it": lambda n: "yang a cuma " * (n // 12),
    "ill": lambda n: "saya lagi sedang baru " * (n // 22),
    "offices": lambda n: "saya ketua " * (n // 11),
    "kin": lambda n: "rt a paman b " * (n // 13),
    "known": lambda n: "semua tahu everyone know " * (n // 25),
    "I am": lambda n: "i am a the " * (n // 11),
    "shots": lambda n: "foto a dari b " * (n // 14),
    "sides": lambda n: "rumah saya di persis " * (n // 21),
    "births": lambda n: "lahir di " * (n // 9),
    "records": lambda n: "nip saya no " * (n // 12),
    "codes": lambda n: "nip a-1/" * (n // 8),
    "told far": lambda n: "sudah lapor a b c " * (n // 18),
    "told back": lambda n: "pak rt sudah " * (n // 13),
    "spoken to": lambda n: "spoke to a b c " * (n // 15),
    "short lines": lambda n: "Budi Budi\n\n" * (n // 11),
    "mail words": lambda n: "mail a b at gmail " * (n // 18),
    "closed names": lambda n: "nama saya Budi, an Budi " * (n // 24),
    "a chain of names": lambda n: "hp 081234567890" + ", an Budi" * (n // 9),
    "a chain of homes": lambda n: "hp 081234567890" + ", warga RT 05" * (n // 13),
    "told and who": lambda n: "sudah lapor a rt " * (n // 17),
    "clefts": lambda n: "yang a b itu saya " * (n // 18),
    "never a cleft": lambda n: "yang a " * (n // 7),
    "described": lambda n: "saya warga a yang baru " * (n // 23),
    "face to face": lambda n: "sudah saya tegur tapi " * (n // 22),
    "family": lambda n: "anak saya yang kelas " * (n // 21),
    "parts": lambda n: "#budi 1" * (n // 7),
    "quotes": lambda n: "ngaku 'a " * (n // 9),
    "by ear": lambda n: "ig budi titik a " * (n // 16),
    "plates by ear": lambda n: "plat be dua te " * (n // 15),
    "cards": lambda n: "kartu saya no 1 " * (n // 16),
    "pages": lambda n: "blog saya a.b.com " * (n // 18),
    "things": lambda n: "tiang a b c nomor 08123456789 " * (n // 30),
    "feet": lambda n: "[nama]\njl a no 1\n" * (n // 18),
    "brackets": lambda n: "[nama" * (n // 5),
    "marks": lambda n: "[nama]" * (n // 6),
    "blanks": lambda n: " " * n,
    "line breaks": lambda n: "\n" * n,
    "one letter": lambda n: "a" * n,
    "no width": lambda n: "0\u200b8\u200b1" * (n // 5),
    "every sign": lambda n: "".join(map(chr, range(33, 0xD800)))[: n or None],
}
LENGTH = 200_000


def messages_a_second() -> float:
    """Over messages of about 200 characters, with and without traces."""
    for text in MESSAGES:
        find(text)
    began = process_time()
    for _ in range(ROUNDS):
        for text in MESSAGES:
            closed(text)
    return ROUNDS * len(MESSAGES) / (process_time() - began)


def main() -> None:
    """Print both tables."""
    mean = sum(map(len, MESSAGES)) / len(MESSAGES)
    print(f"{messages_a_second():,.0f} messages/s, mean length {mean:.0f}")
    for name, make in HOSTILE.items():
        text = make(LENGTH)
        began = process_time()
        closed(text)
        print(f"{process_time() - began:8.3f} s  {len(text):>7}  {name}")


if __name__ == "__main__":
    main()
