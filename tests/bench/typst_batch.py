#!/usr/bin/env python3
"""typst_batch.py LIST BASE FONTS OUT.pdf N - the floor's LIST as a Typst document, set N times in one process.

Every paragraph is placed where it stands, so Typst breaks lines and draws, as the floor does, and adds tags and
the archive form; it is spared page breaking and tables.  Typst remembers what it has laid out; so that it lays out what would
differ from certificate to certificate, long texts are a trace larger in each."""
import re
import sys

import typst


def string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(markup):
    for old, new in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        markup = markup.replace(old, new)
    return markup


def paragraph(markup):
    """Spans become text of their own weight and size."""
    out = []
    for whole, weight, size, color, inner in re.findall(
            r'(<span style="\w+" weight="(\d+)" font_size="([\d.]+)pt" foreground="(#\w+)">(.*?)</span>|[^<]+)', markup):
        if weight:
            out.append("#text(weight: %s, size: %spt, fill: rgb(%s), %s)" % (weight, size, string(color), string(plain(inner))))
        else:
            out.append("#" + string(plain(whole)))
    return "".join(out)


def document(path):
    pages = ['#set document(title: "Certificate")\n#set page(width: 595.276pt, height: 841.89pt, margin: 0pt)\n'
             '#set text(lang: "en")\n']
    for line in open(path, encoding="utf-8").read().splitlines():
        kind, *parts = line.split("\t")
        if kind == "page":
            if len(pages) > 1:
                pages.append("#pagebreak()\n")
            continue
        x, y, width = parts[:3]
        body = None
        if kind == "text":
            family, size, weight, color, markup = parts[3:]
            body = "block(width: %gpt, text(font: %s, size: %s, weight: %s, fill: rgb(%s))[%s])" % (
                float(width) + 6, string(family), size + ("pt/*long*/" if len(markup) > 40 and size == "9.6" else "pt"), weight, string(color), paragraph(markup))
        elif kind == "rect":
            body = "rect(width: %spt, height: %spt, stroke: none, fill: rgb(%s))" % (width, parts[3], string(parts[4]))
        elif kind == "image":
            body = 'image(%s, width: %spt, height: %spt, alt: "diagram")' % (string(parts[4]), width, parts[3])
        elif kind == "qr":
            module = float(width) / 37
            body = ("box(width: %spt, height: %spt, for y in range(29) { for x in range(29) { if calc.rem(x * y + x + y, 2) == 0 "
                    "{ place(dx: x * %gpt, dy: y * %gpt, rect(width: %gpt, height: %gpt, fill: black)) } } })"
                    % (width, width, module, module, module, module))
        pages.append("#place(dx: %spt, dy: %spt, %s)\n" % (x, y, body))
    return "".join(pages)


def main(path, base, fonts, out, n):
    source = document(path)
    compiler = None
    name = base + "/typst.typ"
    for i in range(n):
        with open(name, "w", encoding="utf-8") as f:
            f.write(source.replace("000000", "%06d" % i).replace("9.6pt/*long*/", "%.5fpt" % (9.6 + i / 100000)))
        if compiler is None:
            compiler = typst.Compiler(name, root=base, font_paths=[fonts], ignore_system_fonts=True)
        compiler.compile(input=name, output=out, format="pdf", pdf_standards=["a-3a"])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
