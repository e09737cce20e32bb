#!/bin/sh
# The scope diagrams of the samples: every box has its component and every component its box, and
# nothing is used that a printed page cannot do.
. tests/lib.sh

for svg in samples/iecee/diagrams/*.svg templates/job/diagrams/*.svg; do
    job=${svg%/diagrams/*}
    href=diagrams/$(basename "$svg")
    what=$(basename "$job")/$(basename "$svg" .svg)
    check "$what: well-formed" xmllint --noout --nonet "$svg"

    # The labels in the table of the certificate that shows this diagram, and in the diagram.
    csv2rec --keep-going "$job" >"$tmp/rec.xml" 2>"$tmp/err"
    xmllint --xpath "//*[local-name()='record'][*[local-name()='diagram']='$href']/*[local-name()='component']/*[local-name()='label']/text()" \
        "$tmp/rec.xml" 2>"$tmp/err" | sort -u >"$tmp/table"
    grep -o '>C[0-9][0-9]*\( [^<]*\)\?<' "$svg" | sed 's/^>//; s/[ <].*//' | sort -u >"$tmp/boxes"
    if [ -s "$tmp/table" ] && cmp -s "$tmp/table" "$tmp/boxes"; then
        pass "$what: the boxes are the components"
    else
        diff "$tmp/table" "$tmp/boxes" >"$tmp/diff"
        fail "$what: the boxes are the components" "$tmp/diff" "$tmp/err"
    fi

    if grep -E '<(filter|mask|style|image|script|foreignObject|[a-z]*Gradient)\b' "$svg" >"$tmp/found"; then
        fail "$what: lines, boxes and text alone" "$tmp/found"
    else
        pass "$what: lines, boxes and text alone"
    fi
    if grep -o 'font-family="[^"]*"' "$svg" | grep -q -v '"Source Sans 3"'; then
        fail "$what: in the font of the page" "$svg"
    else
        pass "$what: in the font of the page"
    fi
done
finish
