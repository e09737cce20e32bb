#!/bin/sh
# certpress proof and merge: a job's documents on paper.
. tests/lib.sh

samples/make-pki.sh "$tmp/pki"
for job in iecee iecex; do
    cp -R "samples/$job" "$tmp/$job"
    rm -rf "$tmp/$job/out" "$tmp/$job/ledger" "$tmp/$job/stages"
done
status "the jobs are printed" 0 certpress print --date 2026-11-16 "$tmp/iecex"

certpress list "$tmp/iecex" >"$tmp/out" 2>/dev/null
says "the list has the cross-reference" '^extr-cross-reference +extr-cross-reference +issued$' "$tmp/out"

# What a print shop gets.
status "merge makes one file" 0 certpress merge -o "$tmp/all.pdf" "$tmp/iecex"
check "that qpdf finds whole" qpdf --check "$tmp/all.pdf"
pages_of() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
want=0 last=0
for name in $(certpress list --names "$tmp/iecex" 2>/dev/null); do
    n=$(pages_of "$tmp/iecex/out/$name.pdf")
    last=$n
    want=$((want + n + n % 2))
    echo "$name" >>"$tmp/names"
done
want=$((want - last % 2))
check "each document begins on a new leaf" test "$(pages_of "$tmp/all.pdf")" = "$want"
mutool show "$tmp/all.pdf" outline 2>/dev/null | sed -n 's/^[+|]	"\([^"]*\)".*/\1/p' >"$tmp/titles"
check "the outline has the documents in the order of the records" cmp "$tmp/names" "$tmp/titles"
check "and their own outlines below" test "$(mutool show "$tmp/all.pdf" outline | wc -l)" -gt "$(wc -l <"$tmp/names")"
pdftotext "$tmp/all.pdf" - >"$tmp/words"
for f in "$tmp"/iecex/out/*.pdf; do pdftotext "$f" -; done | tr -s '[:space:]' '\n' | sort >"$tmp/there"
tr -s '[:space:]' '\n' <"$tmp/words" | sort >"$tmp/here"
check "no word is lost" cmp "$tmp/there" "$tmp/here"
certpress merge --date 2026-11-16 "$tmp/iecex" >"$tmp/1.pdf" && certpress merge --date 2026-11-16 "$tmp/iecex" >"$tmp/2.pdf"
check "the same bytes each time" cmp "$tmp/1.pdf" "$tmp/2.pdf"
check "no sealed page is called a draft" test "$(grep -c DRAFT "$tmp/words")" = 0

# Nothing without a seal passes for a certificate.
status "a job is printed without a seal" 0 certpress print --unsealed --date 2026-11-16 "$tmp/iecee"
certpress merge -o "$tmp/drafts.pdf" "$tmp/iecee" 2>"$tmp/err"
leaves=0
for f in "$tmp"/iecee/out/*.pdf; do leaves=$((leaves + $(pages_of "$f"))); done
check "every page of it is marked" test "$(pdftotext "$tmp/drafts.pdf" - | grep -c 'DRAFT – NOT SEALED')" = "$leaves"

# The proof.
status "proof makes contact sheets" 0 certpress proof -o "$tmp/proof.pdf" "$tmp/iecee"
check "that qpdf finds whole" qpdf --check "$tmp/proof.pdf"
check "nine pages on a sheet" test "$(pages_of "$tmp/proof.pdf")" = $(((leaves + 8) / 9))
pdftotext "$tmp/proof.pdf" "$tmp/words"
says "with their names" 'XX-EXA-0428 · page 2 of 3 · DRAFT' "$tmp/words"

# What is not printed.
rm "$tmp/iecee/out/XX-EXA-0428.pdf"
status "merge takes all or nothing" 1 certpress merge -o "$tmp/none.pdf" "$tmp/iecee"
says "and says what is missing" "'XX-EXA-0428' is not printed yet; .*PRESS-060" "$tmp/err"
check "no file is left" test ! -e "$tmp/none.pdf"
status "proof leaves it out" 0 certpress proof -o "$tmp/proof.pdf" "$tmp/iecee"
says "and says so" "'XX-EXA-0428' .* left out.*PRESS-061" "$tmp/err"
rm "$tmp"/iecee/out/*.pdf
status "nothing at all is an error" 1 certpress merge --only XX-EXA-0431 -o "$tmp/none.pdf" "$tmp/iecee"
status "as in a proof" 1 certpress proof --only XX-EXA-0431 -o "$tmp/none.pdf" "$tmp/iecee"
says "which is told" 'PRESS-062' "$tmp/err"

# Parts of a job, sealed later.
rm -rf "$tmp/iecee/out" "$tmp/iecee/ledger"
cp -R "$tmp/iecee" "$tmp/parts"
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
certpress print --date "$now" "$tmp/iecee" >/dev/null 2>&1
for k in 1 2 3; do
    status "part $k of 3 is printed" 0 certpress print --date "$now" --shard "$k/3" --unsealed "$tmp/parts"
done
cat "$tmp"/parts/ledger.*-of-3 | grep -v '^#' | cut -d' ' -f3 | sort >"$tmp/in-parts"
for f in "$tmp"/iecee/out/*.pdf; do basename "$f" .pdf; done | sort >"$tmp/in-one"
check "all of the job is in one part each" cmp "$tmp/in-one" "$tmp/in-parts"
(cd "$tmp/parts" && DATE=$now PARTS=3 sh "$OLDPWD/templates/job/slurm/finish.sh") >"$tmp/out" 2>"$tmp/err"
same_files() { for f in "$1"/*.pdf; do cmp "$f" "$2/${f##*/}" || return 1; done; }
check "what is sealed later is what was sealed at once" same_files "$tmp/iecee/out" "$tmp/parts/out"
rm "$tmp/parts/out/XX-EXA-0428.pdf"
for k in 1 2 3; do certpress print --date "$now" --shard "$k/3" --unsealed "$tmp/parts"; done >"$tmp/out" 2>"$tmp/err"
says "no part prints anew what the job's ledger calls issued" 'XX-EXA-0428.*PRESS-015' "$tmp/err"
check "not even when its file is lost" test ! -e "$tmp/parts/out/XX-EXA-0428.pdf"
flock -o "$tmp/parts/ledger" sleep 6 &
sleep 0.3
status "a part beside a run over the whole job is refused" 2 certpress print --shard 1/3 --unsealed "$tmp/parts"
says "and told why" 'another run.*PRESS-017' "$tmp/err"
kill $! 2>/dev/null
status "a part that cannot be is refused" 2 certpress print --shard 4/3 "$tmp/parts"
finish
