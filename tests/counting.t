#!/bin/sh
# What is counted and how it is printed: the examples of the scheme's workshop as they stand on its slides,
# worksheets, and every kind from XML as from its tables.
. tests/lib.sh

# words NAME PDF: the text of the PDF, one blank between words.
words()
{
    pdftotext -layout "$2" - | tr -s ' \n' '  ' >"$tmp/$1.words"
}

cp -R tests/jobs/deck "$tmp/deck"
status "the workshop's examples print" 0 certpress print --date 2026-11-16 "$tmp/deck"
says "with a warning that names the catalogue's total" "levels.csv.*total of level 'FR 2' is 23, the catalogue of 'IEC 62443-3-3:2013' has 24.*\[REC-064\]" "$tmp/err"
for n in 1 2 3; do words deck$n "$tmp/deck/out/DECK-$n.pdf"; done
says "Staffing (4/11)" '[^ ] Staffing \(4/11\) ' "$tmp/deck1.words"
says "SR (4/5)" ' SR \(4/5\) ' "$tmp/deck2.words"
says "FR-2 (12/23)" ' FR-2 \(12/23\)' "$tmp/deck3.words"
says "with the reason" "workshop of September 2017" "$tmp/deck3.words"

# The example of certpress-profile(5), as it stands there.
cp samples/iecee/mark.svg "$tmp/deck"
sed -n '/^\.Sh EXAMPLES/,$p' src/formats/certpress-profile.5 | sed -n '/^\.Bd/,/^\.Ed/{ /^\./d; s/\\(.i/í/; p; }' >"$tmp/deck/profile.xml"
sed -i 's/,Staffing,/,Solution staffing,/' "$tmp/deck/levels.csv"
rm -rf "$tmp/deck/out" "$tmp/deck/ledger"
status "the manual page's profile is one" 0 certpress print --date 2026-11-16 "$tmp/deck"
words deck3 "$tmp/deck/out/DECK-3.pdf"
says "and has its say" ' FR-2 \(12/23\)' "$tmp/deck3.words"

# An assessor's worksheet, and the same verdicts as a table with the reference.
for form in sheet table; do
    mkdir -p "$tmp/$form"
    cp -R samples/iecee/. "$tmp/$form"
    sed -i '/<seal /d' "$tmp/$form/job.xml"
    rm -rf "$tmp/$form/out" "$tmp/$form/ledger" "$tmp/$form/stages"
done
(echo "reference,$(head -1 samples/iecee/worksheets/XX-EXA-0454.csv)"; sed '1d; s/^/XX-EXA-0454,/' samples/iecee/worksheets/XX-EXA-0454.csv) >"$tmp/table/requirements.csv"
rm -r "$tmp/table/worksheets"
for form in sheet table; do
    status "a certificate counted from a $form" 0 certpress print --date 2026-11-16 --only XX-EXA-0454 "$tmp/$form"
done
check "gives the same document" cmp "$tmp/sheet/out/XX-EXA-0454.pdf" "$tmp/table/out/XX-EXA-0454.pdf"
words sheet "$tmp/sheet/out/XX-EXA-0454.pdf"
says "the figures are those of distinct requirements" ' All summary levels 107 12 123 ' "$tmp/sheet.words"
says "a role to which a requirement does not apply leaves it to the other" ' Wireless 6 0 6 ' "$tmp/sheet.words"
sed -i '0,/,Pass$/s//,Fail/' "$tmp/sheet/worksheets/XX-EXA-0454.csv"
status "a requirement that failed bars the certificate" 1 certpress print --date 2026-11-16 --only XX-EXA-0454 "$tmp/sheet"
says "and is named at its cell" 'XX-EXA-0454[.]csv:2:.*SP.01.01 BR.*column .verdict.*\[REC-056\]' "$tmp/err"

# Every kind from XML alone, and from its tables: the same documents.
for kind in iecee iecex csms; do
    mkdir -p "$tmp/csv/$kind" "$tmp/xml"
    cp -R "samples/$kind/." "$tmp/csv/$kind"
    (cd "$tmp/csv/$kind" && rm -rf out ledger stages && sed -i '/<seal /d' job.xml)
    cp -R "$tmp/csv/$kind" "$tmp/xml/$kind"
    rm -rf "$tmp/xml/$kind"/*.csv "$tmp/xml/$kind/records" "$tmp/xml/$kind/worksheets"
    mkdir "$tmp/xml/$kind/records"
    status "$kind: the records of the sample" 0 csv2rec "samples/$kind" -o "$tmp/$kind.rec.xml"
    sed 's/ p:[a-z]*="[^"]*"//g' "$tmp/$kind.rec.xml" >"$tmp/xml/$kind/records/all.xml"
    check "$kind: fit the schema" xmllint --noout --nonet --relaxng src/formats/rec.rng "$tmp/xml/$kind/records/all.xml"
    status "$kind: print from tables" 0 certpress print --date 2026-11-16 "$tmp/csv/$kind"
    status "$kind: print from XML alone" 0 certpress print --date 2026-11-16 "$tmp/xml/$kind"
    n=0
    for pdf in "$tmp/csv/$kind"/out/*.pdf; do
        n=$((n + 1))
        cmp -s "$pdf" "$tmp/xml/$kind/out/$(basename "$pdf")" || fail "$kind: $(basename "$pdf") is the same from XML"
    done
    check "$kind: there are documents ($n)" test "$n" -ge 2
done

# A fault in XML is named at its line.
mkdir -p "$tmp/bad/records"
cp "$tmp/xml/csms/job.xml" "$tmp/xml/csms/profile.xml" "$tmp/xml/csms/mark.svg" "$tmp/bad"
sed 's#<soa-date>[^<]*#<soa-date>2026-02-31#' "$tmp/xml/csms/records/all.xml" >"$tmp/bad/records/all.xml"
line=$(grep -n -m 1 '<soa-date>' "$tmp/bad/records/all.xml" | cut -d: -f1)
status "a fault in XML" 1 certpress print --date 2026-11-16 "$tmp/bad"
says "is named at its line and field" "records/all[.]xml:$line: error: .2026-02-31.*column .soa-date.*\[REC-009\]" "$tmp/err"
finish
