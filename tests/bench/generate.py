#!/usr/bin/env python3
"""generate.py [--diagrams] JOB REFERENCE N FOLDER - makes FOLDER a job of N certificates like one of JOB's.

Every certificate has names, numbers and dates of its own, and its long texts say their sentences in another
order, so that no two are set alike; the same N gives the same bytes.  What JOB's other files are (profile,
marks, diagrams) is copied; with --diagrams every
certificate has a diagram of its own, which differs in a name.  FOLDER must not exist."""
import csv
import os
import random
import re
import shutil
import sys

SYLLABLES = "bal ber dan dor fal fen gar hol kar kin lan lor mar mel nor pel ran ros sel tan tor val ven wal".split()
NAMES = {"Nordfjord": 3, "Fjordlink": 3, "Fjordmaster": 3, "Måløy": 2, "Brno": 2, "Havnegata": 3}
# Of a job, but not of its generated likeness; records there would be documents more.
OTHERS = ("out", "stages", "Makefile", "job.xml", "ledger", "records", "worksheets")
TABLES = ("certificates", "levels", "components", "sites", "standards", "reports", "history", "evidence", "controls")


def word(rng, syllables):
    return "".join(rng.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def shuffled(rng, text):
    """The sentences of every paragraph in another order."""
    paragraphs = []
    for paragraph in text.split("\n"):
        sentences = re.split(r"(?<=[.]) (?=[A-Z])", paragraph)
        if len(sentences) > 2:
            rng.shuffle(sentences)
        paragraphs.append(" ".join(sentences))
    return "\n".join(paragraphs)


def variant(row, header, names, rng, reference, number):
    cells = []
    for column, cell in zip(header, row):
        if column == "reference":
            cell = reference
        elif column == "replaces":
            cell = cell and reference.split("/")[0]
        elif column == "diagram" or column == "file":
            pass
        else:
            for old, new in names.items():
                cell = cell.replace(old, new)
            if column == "report":
                cell = "EXA-26-%06d" % number
            elif column == "description" or column == "additional-information" or column == "excluded":
                cell = shuffled(rng, cell)
        cells.append(cell)
    return cells


def read(job, table, reference):
    path = os.path.join(job, table + ".csv")
    if not os.path.exists(path):
        return None, []
    with open(path, newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f))
    return rows[0], [r for r in rows[1:] if r and r[0] == reference]


def own_diagram(folder, cell, names, number):
    """Writes a certificate's own copy of the diagram CELL, with its NAMES; returns its address."""
    with open(os.path.join(folder, cell), encoding="utf-8") as f:
        svg = f.read()
    for old, new in names.items():
        svg = svg.replace(old, new)
    stem, ending = os.path.splitext(cell)
    address = "%s-%06d%s" % (stem, number, ending)
    with open(os.path.join(folder, address), "w", encoding="utf-8") as f:
        f.write(svg.replace("</svg>", '<text x="4" y="10" font-size="6" font-family="Source Sans 3">%d</text></svg>' % number))
    return address


def main(job, reference, n, folder, diagrams):
    os.makedirs(folder)
    for entry in os.listdir(job):
        if not entry.endswith(".csv") and entry not in OTHERS:
            source = os.path.join(job, entry)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, os.path.join(folder, entry))
    with open(os.path.join(job, "job.xml"), encoding="utf-8") as f:
        job_xml = re.sub(r"\n\s*<cross-reference[^>]*/>", "", re.sub(r"\n\s*<seal[^>]*/>", "", f.read()))
    with open(os.path.join(folder, "job.xml"), "w", encoding="utf-8") as f:
        f.write(job_xml)
    for table in TABLES:
        header, rows = read(job, table, reference)
        if header is None:
            continue
        with open(os.path.join(folder, table + ".csv"), "w", newline="", encoding="utf-8") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(header)
            for i in range(n):
                rng = random.Random(i)
                names = {old: word(rng, syllables) for old, syllables in NAMES.items()}
                for row in rows:
                    cells = variant(row, header, names, rng, "XX-EXA-%06d/M1" % i, i)
                    if diagrams and "diagram" in header:
                        at = header.index("diagram")
                        cells[at] = cells[at] and own_diagram(folder, cells[at], names, i)
                    out.writerow(cells)


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--diagrams"]
    if len(arguments) != 4:
        sys.exit(__doc__)
    main(arguments[0], arguments[1], int(arguments[2]), arguments[3], "--diagrams" in sys.argv[1:])
