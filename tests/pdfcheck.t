#!/bin/sh
# pdfcheck from outside: verdicts, extraction, and that no change of a sealed file passes.
. tests/lib.sh
. tests/archive.sh

check "a TEST authority is made" make_pki
check "an archive file is made" make_archive "$tmp/c.a3.pdf"
seal() { pdfsign --key "$pki/seal.p12" --passphrase-file "$pki/seal.pass" --date 2026-11-16 "$@"; }
check "it is sealed" seal -o "$tmp/c.pdf" "$tmp/c.a3.pdf"
judge() { pdfcheck --trust "$pki/root.pem" "$@"; }

# ---- verdicts
status "a sealed file conforms" 0 judge "$tmp/c.pdf"
says "and that is said" 'c.pdf: conforms' "$tmp/out"
says "the seal is shown" 'intact, by TEST Seal seal, claims 2026-11-16T00:00:00Z' "$tmp/out"
says "and trusted" 'trusted, issued by TEST Issuing' "$tmp/out"
status "without anchors its trust is not judged" 0 pdfcheck "$tmp/c.pdf"
says "and that is said" 'trust not judged' "$tmp/out"
status "with other anchors it is not trusted" 1 pdfcheck --trust "$pki/foreign.pem" "$tmp/c.pdf"
says "and that is said" 'NOT TRUSTED' "$tmp/out"
says "with its id" 'CHECK-012' "$tmp/err"
status "after its certificate ended it does not conform" 1 judge --at 2051-01-01 "$tmp/c.pdf"
says "and that is said" 'CHECK-015' "$tmp/err"
status "a file of anchors without one is the set-up's fault" 2 pdfcheck --trust "$pki/seal.pass" "$tmp/c.pdf"
status "an unsealed file does not conform" 1 pdfcheck "$tmp/c.a3.pdf"
says "and that is said" 'CHECK-001' "$tmp/err"
status "unless that is allowed" 0 pdfcheck --unsealed "$tmp/c.a3.pdf"
make_archive "$tmp/specimen.a3.pdf" specimen
status "a specimen does not conform" 1 pdfcheck "$tmp/specimen.a3.pdf"
says "and that is said" 'CHECK-105' "$tmp/err"
status "unless that is allowed" 0 pdfcheck --unsealed "$tmp/specimen.a3.pdf"
status "what is no archive file does not conform" 1 pdfcheck --unsealed "$tmp/base.pdf"
says "its clause is named" 'ISO 19005-3, 6.2.3' "$tmp/err"
status "a missing file cannot be checked" 2 pdfcheck "$tmp/none.pdf"
status "the worst of several files counts" 1 judge "$tmp/c.pdf" "$tmp/c.a3.pdf"
says "each has its verdict" 'c.pdf: conforms' "$tmp/out"
says "each has its verdict" 'c.a3.pdf: does not conform' "$tmp/out"
status "JSON is one line a file" 1 judge --json "$tmp/c.pdf" "$tmp/c.a3.pdf"
if [ "$(wc -l <"$tmp/out")" -eq 2 ]; then pass "two files, two lines"; else fail "two files, two lines" "$tmp/out"; fi
says "JSON: a seal" '"intact":true,"trusted":true,"revision":2' "$tmp/out"
says "JSON: a finding" '"findings":\[\{"id":"CHECK-001","level":"error","clause":null,' "$tmp/out"

# ---- extraction
status "attachments are extracted" 0 judge --extract "$tmp/x" "$tmp/c.pdf"
check "the certificate is among them" grep -q '<reference>T-1</reference>' "$tmp/x/T-1.cert.xml"
check "and the signature" test -s "$tmp/x/seal-1.p7s"
status "nothing is replaced" 2 judge --extract "$tmp/x" "$tmp/c.pdf"

# ---- changes: 100 bytes at places that do not change from run to run
size=$(size_of "$tmp/c.pdf")
missed=
awk -v n="$size" 'BEGIN { srand(19005); for (i = 0; i < 100; i++) print int(rand() * n), 1 + int(rand() * 255) }' >"$tmp/places"
while read -r at by; do
    old=$(od -An -tu1 -j "$at" -N 1 "$tmp/c.pdf" | tr -d ' ')
    cp "$tmp/c.pdf" "$tmp/changed.pdf"
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $(((old + by) % 256)))" | dd of="$tmp/changed.pdf" bs=1 seek="$at" conv=notrunc 2>/dev/null
    timeout 20 pdfcheck --trust "$pki/root.pem" "$tmp/changed.pdf" >/dev/null 2>&1
    got=$?
    [ "$got" = 1 ] || missed="$missed $at($got)"
done <"$tmp/places"
if [ "$(wc -l <"$tmp/places")" -eq 100 ] && [ -z "$missed" ]; then pass "100 changed bytes are noticed"; else fail "changed bytes are noticed; not at:$missed"; fi

missed=
for part in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    head -c $((size * part / 16)) "$tmp/c.pdf" >"$tmp/changed.pdf"
    timeout 20 pdfcheck "$tmp/changed.pdf" >/dev/null 2>"$tmp/err"
    got=$?
    if [ "$got" != 1 ] || ! [ -s "$tmp/err" ]; then missed="$missed $part($got)"; fi
done
if [ -z "$missed" ]; then pass "a file cut short is refused at every 1/16"; else fail "cut short, accepted at:$missed"; fi
{ cat "$tmp/c.pdf"; echo; } >"$tmp/changed.pdf"
status "a byte after the end is noticed" 1 judge "$tmp/changed.pdf"
qpdf --encrypt u o 256 -- "$tmp/c.a3.pdf" "$tmp/locked.pdf"
status "an encrypted file is refused" 1 pdfcheck "$tmp/locked.pdf"
qpdf "$tmp/c.pdf" "$tmp/rewritten.pdf"
status "a sealed file written anew is refused" 1 judge "$tmp/rewritten.pdf"
status "a full disk is the set-up's fault" 2 sh -c "pdfcheck '$tmp/c.pdf' >/dev/full"
finish
