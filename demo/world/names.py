"""Names for the invented citizens: pools by the language a family brought, never repeated, whatever
the number.

Surnames of the cast (``cast.py``) and of the staff are in no pool, so a generated person never
shares a name with a person somebody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd


@dataclass(frozen=True, slots=True)
class Pool:
    """First names and surnames that go together, and how many in twenty-five bear them."""

    share: int
    first: tuple[str, ...]
    last: tuple[str, ...]

    def name(self, number: int) -> str:
        """The ``number``-th name, from 0. Beyond all pairs, middle initials keep them apart."""
        pairs = len(self.first) * len(self.last)
        turn, pair = divmod(number, pairs)
        pair = pair * _stride(pairs) % pairs
        first, last = self.first[pair % len(self.first)], self.last[pair // len(self.first)]
        return f"{first} {_initials(turn)}{last}"


INITIALS = "ABCDEFGHIJKLMNOPRSTUVW"
GOLDEN = 0.6180339887498949


def _initials(turn: int) -> str:
    """0 is none, then "A. " and on, then "A. A. " and on: all different."""
    letters = ""
    while turn:
        turn, rest = divmod(turn - 1, len(INITIALS))
        letters = f"{INITIALS[rest]}. {letters}"
    return letters


def _stride(pairs: int) -> int:
    """A step that meets each pair once and looks like chance: near the golden section."""
    step = int(pairs * GOLDEN)
    while gcd(step, pairs) != 1:
        step += 1
    return step


def _pool(share: int, first: str, last: str) -> Pool:
    return Pool(share, tuple(first.split()), tuple(last.split()))


POOLS = (
    _pool(
        20,
        """Anne Mette Kirsten Hanne Helle Lene Charlotte Camilla Louise Ida Emma Freja Sofie
        Caroline Maria Julie Mathilde Karen Inger Birgit Bodil Gerda Ulla Jytte Grethe Else
        Ingrid Dorte Bente Gitte Marianne Vibeke Pernille Signe Rikke Trine Maja Nanna Line
        Stine Tove Solveig Kirstine Alberte Clara Josefine Agnes Ellen Peter Jens Lars Michael
        Henrik Thomas Søren Jan Christian Martin Niels Anders Morten Jesper Hans Ole Per Erik
        Kaj Børge Svend Verner Arne Knud Finn Leif Flemming Bjarne Kurt Steen Claus Carsten
        Torben Brian Kasper Rasmus Mikkel Frederik Emil Magnus Oliver Noah William Oscar Viktor
        Malthe Sebastian Nikolaj Asger Esben Troels Rune Villads Aksel Anton Gustav Lasse Simon
        Jeppe Kristoffer Daniel Jakob Troels-Ole Anne-Grethe Lise-Lotte Ole-Jørgen Hans-Peter
        Karen-Margrethe""",
        """Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen
        Petersen Madsen Kristensen Olsen Thomsen Poulsen Johansen Knudsen Mortensen Møller Holm
        Lund Schmidt Kjær Bang Dahl Bertelsen Lauridsen Frandsen Iversen Simonsen Jeppesen Bruun
        Nørgaard Søndergaard Vestergaard Damgaard Lindholm Kirkegaard Bjerregaard Overgaard
        Ravnsbo Skov Bak Winther Juul Eskildsen Lassen Brandt Dalsgaard Enevoldsen Gregersen
        Henriksen Ibsen Jacobsen Kristiansen Laursen Mathiesen Nygaard Ottosen Paulsen Quist
        Riis Steffensen Toftlund Ulriksen Villadsen Hougaard Højgaard Buch Lykke Boysen Clausen
        Danielsen Ebbesen Fischer Hald Frydendal Krag Bundgaard""",
    ),
    _pool(
        1,
        """Fatma Ayşe Elif Zeynep Meryem Emine Hülya Selin Mustafa Ahmet Murat Emre Hakan Yusuf
        Kemal Deniz""",
        """Yilmaz Demir Kaya Çelik Şahin Öztürk Arslan Doğan Erdem Koç Polat Güneş""",
    ),
    _pool(
        1,
        """Amina Layla Noor Hala Rania Yasmin Maryam Samar Omar Ali Hassan Karim Bilal Tarek
        Ibrahim Walid""",
        """Haddad Khalil Mansour Nasser Saleh Darwish Awad Khoury Sabbagh Hamdan Issa Zaydan""",
    ),
    _pool(
        1,
        """Ifrah Hodan Sahra Ayaan Nimco Hibaq Idil Ubah Abdi Mohamed Yahye Liban Guled Farah
        Ismail Warsan""",
        """Abdullahi Hersi Jama Farole Dualle Elmi Gedi Hirsi Samatar Roble Shire Osman""",
    ),
    _pool(
        1,
        """Anna Magdalena Agnieszka Ewa Iryna Olena Nataliia Oksana Piotr Marek Tomasz Andrii
        Dmytro Serhii Ivana Mirela Senad Amir""",
        """Wiśniewski Kowalczyk Zieliński Mazur Krawczyk Shevchenko Kovalenko Tkachenko Melnyk
        Kravets Hadžić Begović Popović Marić Novák""",
    ),
    _pool(
        1,
        """Linh Mai Thao Huong Duc Minh Hoang Priya Kavitha Anjali Sivan Rajesh Arun Lin Wei
        Siriporn Malee""",
        """Nguyen Tran Pham Hoang-Vu Sivakumar Selvam Rajendran Kumaran Chen Zhang Srisai
        Rattana""",
    ),
)

TICKETS = tuple(pool for pool in POOLS for _ in range(pool.share))
_BEFORE = tuple(TICKETS[:n].count(pool) for n, pool in enumerate(TICKETS))
_SPREAD = 7  # coprime with 25: neighbours in number come from different pools


def citizen_name(number: int) -> str:
    """The name of generated citizen ``number`` (from 0): always the same, no two alike."""
    turn, place = divmod(number, len(TICKETS))
    ticket = place * _SPREAD % len(TICKETS)
    pool = TICKETS[ticket]
    return pool.name(turn * pool.share + _BEFORE[ticket])
