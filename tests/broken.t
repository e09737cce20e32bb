#!/bin/sh
# Jobs with faults: every fault named at its cell in one run, the good certificates printed, nothing
# half-made left.  tests/broken.expected has a line "FILE:LINE:COLUMN LEVEL ID (row ..., column ...)"
# for every message that must come, sorted; BLESS=1 rewrites it.
. tests/lib.sh

golden=$PWD/tests/broken.expected
cp -R samples/broken "$tmp/broken"
rm -rf "$tmp"/broken/out "$tmp"/broken/*/out "$tmp"/broken/ledger "$tmp"/broken/*/ledger "$tmp"/broken/stages "$tmp"/broken/*/stages
(cd "$tmp/broken" && find . -type f | sort | while read -r file; do cksum "$file"; done) >"$tmp/before"

# run JOB: prints it, as a user does in the folder above; keeps its messages.
run()
{
    status "$1 ends with status 1" 1 sh -c "cd '$tmp' && certpress print --date 2026-11-16 '$1'"
    cat "$tmp/err" >>"$tmp/messages"
}

: >"$tmp/messages"
run broken
run broken/iecex
run broken/csms

# Every line must be a message of the one form; "note" lines and the summary have no id, and the table
# of what was not printed is indented.
grep -Ev '^[^:]+(:[0-9]+(:[0-9]+)?)?: (error|warning): .* \[[A-Z]+-[0-9]{3}\]$|: note: |^certpress: |^ |^$' "$tmp/messages" >"$tmp/strange"
if [ -s "$tmp/strange" ]; then fail "messages have one form" "$tmp/strange"; else pass "messages have one form"; fi

sed -nE 's/^([^ ]+): (error|warning): .* \[([A-Z]+-[0-9]{3})\]$/\1 \2 \3 &/p' "$tmp/messages" |
    sed -E 's/^([^ ]+ [a-z]+ [A-Z]+-[0-9]{3}) .* (\(row [0-9]+(, column .[^)]*)?\)) \[[^]]*\]$/\1 \2/; t
            s/^([^ ]+ [a-z]+ [A-Z]+-[0-9]{3}) .*/\1/' | LC_ALL=C sort >"$tmp/got"
[ -z "${BLESS:-}" ] || cp "$tmp/got" "$golden"
if diff -u "$golden" "$tmp/got" >"$tmp/diff"; then
    pass "all faults are named at their cells, and nothing else"
else
    fail "all faults are named at their cells, and nothing else" "$tmp/diff"
fi

# The issue's own list, whatever else is expected above.
while read -r what place id; do
    says "$what is named" "^$place .*$id" "$tmp/got"
done <<'LIST'
missing-column broken/sites.csv:1 CSV-003
unknown-standard broken/certificates.csv:6:32 REC-020
figure-above-its-total broken/levels.csv:[0-9]+:35 REC-027
date-that-does-not-exist broken/certificates.csv:13:70 CSV-013
duplicate-reference broken/certificates.csv:26:1 CSV-029
missing-diagram broken/certificates.csv:21:40 REC-041
invalid-UTF-8-byte broken/certificates.csv:30:51 CSV-020
Windows-1252-text broken/components.csv:2:15 CSV-028
LIST

(cd "$tmp/broken" && find . -name '*.pdf' | LC_ALL=C sort) >"$tmp/pdfs"
printf '%s\n' ./iecex/out/IECEx_EXB_26.0001_issue0.pdf ./out/XX-EXB-0501.pdf ./out/XX-EXB-0512.pdf >"$tmp/good"
if cmp -s "$tmp/good" "$tmp/pdfs"; then pass "the good certificates are printed, no other"; else fail "the good certificates are printed, no other" "$tmp/pdfs"; fi

# What a spreadsheet writes is read rightly: quoted line breaks, separators and quotes inside cells.
if command -v pdftotext >/dev/null; then
    pdftotext -layout "$tmp/broken/out/XX-EXB-0501.pdf" "$tmp/words"
    says "a quoted line break in an address" 'Oppgang B' "$tmp/words"
    says "separators inside a cell" 'process 2.1; all sites' "$tmp/words"
    says "doubled quotes inside a cell" '"specification"' "$tmp/words"
else
    skip "words of the page" "no pdftotext"
fi

(cd "$tmp/broken" && find . -type f ! -path '*/out/*' ! -name ledger | sort |
    while read -r file; do cksum "$file"; done) >"$tmp/after"
check "the job's own files are as they were, and no other was made" cmp "$tmp/before" "$tmp/after"
find "$tmp/broken" -type f -path '*/out/*' ! -name '*.pdf' >"$tmp/left"
if grep -Ev '/(register|results)[^/]*$' "$tmp/left" >"$tmp/strange"; then fail "no partial file stays behind" "$tmp/strange"; else pass "no partial file stays behind"; fi
finish
