# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes lists of people to a directory, like exports of HR systems: 500 people, 120 of them in another format, three others, and a
list with errors.
"""

from __future__ import annotations

import itertools
import pathlib
import sys

FIRST = """Änne Björn Çelik Dörte Émile François Günter Hans-Jürgen Ingeborg Jörg
    Kläre Łukasz Märta Noël Özlem Per Räihä Søren Tomás Ülkü"""
LAST = """Ägidius,Brøgger,Citroën,D'Angelo,Ernst,Faßbender,Größe,Håkansson,Ibáñez,Jäger,Krüger,Løvdal,Müller,Nuñez,Ødegård,Peña,Quäck,Rößler
    ,von der Leyen,Strauß-Kahn,O\u2019Neill,Weiß,Zöllner,{{ 7 * 191 }},Yıldız"""

place = pathlib.Path(sys.argv[1])
people = list(itertools.product(FIRST.split(), map(str.strip, LAST.split(","))))
assert len(people) == 500
rows = [
    f'{number};{first};{last};"Bau; Planung";{"1 GB" if number % 5 == 0 else ""};aktiv' for number, (first, last) in enumerate(people, 1)
]
rows.insert(250, "999;Gone;Long Ago;;;ausgeschieden")
head = ["sep=;", "Personalliste;Stand: 1.11.2026;;;;", "", " Personal-Nr.;Vorname ;NACHNAME;Abteilung;Postfach;Status"]
(place / "people.csv").write_bytes("\r\n".join(head + rows + [";;;;;", ""]).encode("utf-16"))
(place / "inn.csv").write_bytes(b"name\nAnna\nBen\nCora\n")
(place / "pub.csv").write_bytes("\n".join(f"{first},{last}" for first, last in [("first name", "last name"), *people[:120]]).encode())

wrong = [
    "1;Anna;Müller;anna@pub.example;;",
    "2;Ben;;;;",
    "3;Anna;Müller;anna@pub.example;;",
    "4;Иван;Иванов;;;",
    "5;Cora;Conrad;cora at pub.example;;",
    "6;Dora;Drews;;2.048;",
    "7;JÃ¼rgen;Jung;;;",
    "8;Ernst;Ebert;;;;too;many",
    "9;Frieda;Frey;frieda@nowhere.example;;",
    "10;Gerd;Groß;;9 GB;",
    '11;Hans;"Hansi" Huber;;;',
]
head = ["Nr;Vorname;Nachname;E-Mail;Postfach;Bemerkung"]
(place / "wrong.csv").write_bytes("\n".join(head + wrong).encode("utf-8-sig"))
