#!/bin/sh
# pdf2pdfa as a program: a printed certificate becomes an archive that other programs accept.
. tests/lib.sh

cert=tests/cases/cert2fo/iecee.cert.xml
date=2026-11-16
mkdir "$tmp/diagrams"
cat >"$tmp/diagrams/gateway.svg" <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#2a7"/></svg>
SVG
if ! { cert2fo "$cert" >"$tmp/c.fo" && fo2pdf --base "$tmp" --date $date -o "$tmp/c.pdf" "$tmp/c.fo"; } 2>"$tmp/err"; then
    fail "the input is prepared" "$tmp/err"
    finish
    exit 1
fi
cp "$tmp/diagrams/gateway.svg" "$tmp/scope.svg"

archive()
{
    pdf2pdfa --cert "$cert" --date $date "$@"
}

status "a certificate is archived" 0 archive --attach "$tmp/scope.svg" -o "$tmp/c.a3.pdf" "$tmp/c.pdf"
check "nothing is said" test ! -s "$tmp/err"
check "qpdf finds no fault" qpdf --check "$tmp/c.a3.pdf"

# The same input and date give the same bytes, wherever and in whatever zone.
abs=$(cd "$tmp" && pwd)
here=$PWD
(cd / && TZ=Asia/Tokyo pdf2pdfa --cert "$here/$cert" --date $date --attach "$abs/scope.svg" -o "$abs/again.a3.pdf" "$abs/c.pdf")
check "the same bytes from another folder and zone" cmp "$tmp/c.a3.pdf" "$tmp/again.a3.pdf"
archive --attach "$tmp/scope.svg" <"$tmp/c.pdf" >"$tmp/piped.a3.pdf"
check "the same bytes through pipes" cmp "$tmp/c.a3.pdf" "$tmp/piped.a3.pdf"
env SOURCE_DATE_EPOCH=1794787200 pdf2pdfa --cert "$cert" --attach "$tmp/scope.svg" "$tmp/c.pdf" >"$tmp/epoch.a3.pdf"
check "the same bytes with SOURCE_DATE_EPOCH" cmp "$tmp/c.a3.pdf" "$tmp/epoch.a3.pdf"

# What is inside, as poppler sees it.
pdfinfo "$tmp/c.a3.pdf" >"$tmp/info" 2>&1
says "pdfinfo: tagged" '^Tagged: +yes' "$tmp/info"
says "pdfinfo: metadata" '^Metadata Stream: +yes' "$tmp/info"
says "pdfinfo: a form for the seal" '^Form: +AcroForm' "$tmp/info"
says "pdfinfo: no script" '^JavaScript: +no' "$tmp/info"
says "pdfinfo: version 1.7" '^PDF version: +1.7' "$tmp/info"
pdfinfo -meta "$tmp/c.a3.pdf" >"$tmp/xmp"
check "the metadata are well-formed" xmllint --nonet --noout "$tmp/xmp"
says "the metadata name the certificate" '<certpress:Reference>NO-EXA-0417/M1<' "$tmp/xmp"
mkdir "$tmp/files"
check "poppler saves the attachments" pdfdetach -saveall -o "$tmp/files/" "$tmp/c.a3.pdf"
saved=$tmp/files/NO-EXA-0417_M1.cert.xml
sum=$(sha256sum "$saved" 2>/dev/null | cut -d' ' -f1)
says "its fingerprint is that of the saved file" "<certpress:CertificateSHA256>${sum:-none}<" "$tmp/xmp"
check "the diagram is the one given" cmp "$tmp/scope.svg" "$tmp/files/scope.svg"
xmllint --noblanks --c14n "$cert" >"$tmp/want" && xmllint --noblanks --c14n "$saved" >"$tmp/got"
sed 's/ p:[a-z]*="[^"]*"//g; s/ xmlns:p="[^"]*"//g' "$tmp/want" >"$tmp/want.plain"
check "the saved certificate is the one given" cmp "$tmp/want.plain" "$tmp/got"

# The pages look as before.
pdftoppm -r 50 -gray "$tmp/c.pdf" "$tmp/before" && pdftoppm -r 50 -gray "$tmp/c.a3.pdf" "$tmp/after"
different=
for page in "$tmp"/before-*.pgm; do
    cmp -s "$page" "$tmp/after-${page##*before-}" || different="$different $page"
done
if [ -z "$different" ]; then pass "the pages look as before"; else fail "the pages look as before:$different"; fi

# The judge of the trade, where there is one: VERAPDF names its program. (make interop fetches it.)
if [ -n "${VERAPDF:=$(command -v verapdf)}" ]; then
    for flavour in 3a ua1; do
        "$VERAPDF" --format text -f $flavour "$tmp/c.a3.pdf" >"$tmp/vera" 2>&1
        says "veraPDF: $flavour" '^PASS' "$tmp/vera"
    done
fi

# A specimen is marked, and has no field to seal.
sed 's/status="issued"/status="specimen"/' "$cert" >"$tmp/specimen.cert.xml"
pdf2pdfa --cert "$tmp/specimen.cert.xml" --date $date -o "$tmp/specimen.a3.pdf" "$tmp/c.pdf"
pdfinfo "$tmp/specimen.a3.pdf" >"$tmp/info" 2>&1
says "a specimen has no form" '^Form: +none' "$tmp/info"
pdfinfo -meta "$tmp/specimen.a3.pdf" >"$tmp/xmp"
says "a specimen says so" '<certpress:Status>specimen<' "$tmp/xmp"

# Refusals write nothing.
refused()
{
    what=$1
    id=$2
    shift 2
    rm -f "$tmp/no.pdf"
    status "$what" 1 "$@" -o "$tmp/no.pdf"
    says "$what: $id" "\\[$id\\]" "$tmp/err"
    check "$what: no file" test ! -e "$tmp/no.pdf"
}
refused "an archive is not archived again" PDFA-001 archive "$tmp/c.a3.pdf"
refused "a record is no certificate" PDFA-020 pdf2pdfa --cert "$tmp/scope.svg" "$tmp/c.pdf"
refused "an attachment twice" PDFA-031 archive --attach "$tmp/scope.svg" --attach "$tmp/scope.svg" "$tmp/c.pdf"
size=$(wc -c <"$tmp/c.pdf")
for i in 1 4 8 12 15; do
    head -c $((size * i / 16)) "$tmp/c.pdf" >"$tmp/cut.pdf"
    refused "cut at $i/16" PDF-00[12] archive "$tmp/cut.pdf"
done
status "an attachment that is not there is the set-up's fault" 2 archive --attach "$tmp/none" "$tmp/c.pdf"
status "no certificate is the set-up's fault" 2 pdf2pdfa "$tmp/c.pdf"
finish
