#!/bin/sh
# pdfsign from outside: its seals before other people's programs, and what it refuses.
. tests/lib.sh
. tests/archive.sh

check "a TEST authority is made" make_pki
check "an archive file is made" make_archive "$tmp/c.a3.pdf"
seal() { pdfsign --key "$pki/seal.p12" --passphrase-file "$pki/seal.pass" "$@"; }

# ---- a seal, and its judges
status "a file is sealed" 0 seal --reason 'Issued by the body “ß”' --location Łódź \
    --date 2026-11-16T08:00:00Z -o "$tmp/c.signed.pdf" "$tmp/c.a3.pdf"
size=$(size_of "$tmp/c.a3.pdf")
check "the bytes before it are as they were" cmp -n "$size" "$tmp/c.a3.pdf" "$tmp/c.signed.pdf"
check "qpdf finds no fault" qpdf --check "$tmp/c.signed.pdf"
check "pdfcheck finds no fault" pdfcheck --trust "$pki/root.pem" "$tmp/c.signed.pdf"

nss=$tmp/nss
mkdir -p "$nss"
certutil -N -d "sql:$nss" --empty-password
certutil -A -d "sql:$nss" -n test-root -t CT,CT,CT -i "$pki/root.pem"
pdfsig -nssdir "sql:$nss" "$tmp/c.signed.pdf" >"$tmp/sig" 2>&1
says "pdfsig: the signature is valid" 'Signature is Valid' "$tmp/sig"
says "pdfsig: its certificate is trusted" 'Certificate is Trusted' "$tmp/sig"
says "pdfsig: the whole document is signed" 'Total document signed' "$tmp/sig"
says "pdfsig: the kind is that of PAdES" 'ETSI.CAdES.detached' "$tmp/sig"
says "pdfsig: the claimed time is the date given" 'Nov 16 2026' "$tmp/sig"

pdfcheck --json --trust "$pki/root.pem" --extract "$tmp/x" "$tmp/c.signed.pdf" >"$tmp/json" 2>&1
says "reason and place survive" '"reason":"Issued by the body “ß”","location":"Łódź"' "$tmp/json"
# What ByteRange [0 A B C] covers, without pdfcheck's help.
range=$(grep -a -o '/ByteRange *\[[0-9 ]*\]' "$tmp/c.signed.pdf" | tail -1 | tr -dc '0-9 ')
# shellcheck disable=SC2086
set -- $range
head -c "$2" "$tmp/c.signed.pdf" >"$tmp/covered"
tail -c +$(($3 + 1)) "$tmp/c.signed.pdf" | head -c "$4" >>"$tmp/covered"
check "openssl verifies it as CAdES" openssl cms -verify -cades -binary -inform DER \
    -in "$tmp/x/seal-1.p7s" -content "$tmp/covered" -CAfile "$pki/root.pem" -purpose any -out /dev/null
openssl asn1parse -inform DER -in "$tmp/x/seal-1.p7s" >"$tmp/asn1"
says "the certificate is signed with" 'signingCertificateV2' "$tmp/asn1"
if grep -q 'signingTime' "$tmp/asn1"; then fail "there is no signingTime" "$tmp/asn1"; else pass "there is no signingTime"; fi
# The hole: two brackets and two digits for each byte of the signature, none to spare with RSA.
der=$(size_of "$tmp/x/seal-1.p7s")
if [ $(($3 - $2)) -eq $((2 * der + 2)) ]; then pass "no more room is kept than the signature needs"; else fail "the hole has $(($3 - $2)) bytes for $der of signature"; fi

# ---- keys
for key in p256 p384 seal; do
    status "it seals with $key" 0 pdfsign -k "$pki/$key.key" -c "$pki/$key.pem" --chain "$pki/issuing.pem" -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
    pdfsig -nssdir "sql:$nss" "$tmp/k.pdf" >"$tmp/sig" 2>&1
    says "pdfsig accepts $key" 'Signature is Valid' "$tmp/sig"
    check "pdfcheck accepts $key" pdfcheck -t "$pki/root.pem" "$tmp/k.pdf"
done
status "it seals with RSASSA-PSS" 0 seal --pss -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
pdfsig -nssdir "sql:$nss" "$tmp/k.pdf" >"$tmp/sig" 2>&1
says "pdfsig accepts RSASSA-PSS" 'Signature is Valid' "$tmp/sig"
check "pdfcheck accepts RSASSA-PSS" pdfcheck -t "$pki/root.pem" "$tmp/k.pdf"
status "it seals with a key for RSASSA-PSS alone" 0 pdfsign -k "$pki/pss.key" -c "$pki/pss.pem" --chain "$pki/issuing.pem" -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
check "pdfcheck accepts that" pdfcheck -t "$pki/root.pem" "$tmp/k.pdf"
status "the passphrase may come through a descriptor" 0 sh -c \
    "pdfsign -k '$pki/locked.key' -c '$pki/seal.pem' -p /dev/fd/3 '$tmp/c.a3.pdf' 3<'$pki/seal.pass' >'$tmp/k.pdf'"

seal --date 2026-11-16 -o "$tmp/one.pdf" "$tmp/c.a3.pdf"
seal --date 2026-11-16 <"$tmp/c.a3.pdf" >"$tmp/two.pdf"
check "the same document, RSA key and date give the same bytes" cmp "$tmp/one.pdf" "$tmp/two.pdf"

# ---- what is refused: the target stays as it was
# refuses WHAT STATUS ID ARGUMENT...
refuses()
{
    what=$1 expected=$2 id=$3
    shift 3
    echo untouched >"$tmp/target"
    pdfsign "$@" -o "$tmp/target" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    if [ "$got" = "$expected" ] && grep -q "\[$id\]" "$tmp/err" && [ "$(cat "$tmp/target")" = untouched ]; then
        pass "refused: $what"
    else
        fail "refused: $what (exit status $got, not $expected, or not $id)" "$tmp/err"
    fi
}
with() { echo "-k $pki/$1.key -c $pki/$1.pem"; }
make_archive "$tmp/specimen.a3.pdf" specimen
head -c 3000 "$tmp/c.a3.pdf" >"$tmp/short.pdf"
echo 'not a PDF' >"$tmp/text.pdf"
# shellcheck disable=SC2046
{
    refuses "an expired certificate" 2 SEAL-013 $(with expired) "$tmp/c.a3.pdf"
    refuses "an expired certificate under an older date" 2 SEAL-013 $(with expired) -d 2020-06-01 "$tmp/c.a3.pdf"
    refuses "a certificate that is not valid yet" 2 SEAL-014 $(with future) "$tmp/c.a3.pdf"
    refuses "a date before the certificate" 2 SEAL-014 $(with seal) -d 2019-06-01 "$tmp/c.a3.pdf"
    refuses "a certificate for another use" 2 SEAL-010 $(with usage) "$tmp/c.a3.pdf"
    refuses "an authority's certificate" 2 SEAL-009 $(with issuing) "$tmp/c.a3.pdf"
    refuses "Ed25519" 2 SEAL-007 $(with ed25519) "$tmp/c.a3.pdf"
    refuses "a weak key" 2 SEAL-008 $(with weak) "$tmp/c.a3.pdf"
    refuses "a certificate of another key" 2 SEAL-006 -k "$pki/seal.key" -c "$pki/p256.pem" "$tmp/c.a3.pdf"
    refuses "a locked key" 2 SEAL-003 -k "$pki/locked.key" -c "$pki/seal.pem" "$tmp/c.a3.pdf"
    refuses "a wrong passphrase" 2 SEAL-004 -k "$pki/seal.p12" -p "$pki/root.pem" "$tmp/c.a3.pdf"
    refuses "no certificate" 2 SEAL-002 -k "$pki/seal.key" "$tmp/c.a3.pdf"
    refuses "no key" 2 ENV-007 "$tmp/c.a3.pdf"
    refuses "a warning with -W error" 1 SEAL-015 $(with seal) --chain "$pki/root.pem" -W error "$tmp/c.a3.pdf"
    refuses "a file that is sealed" 1 SEAL-040 $(with seal) "$tmp/c.signed.pdf"
    refuses "a specimen" 1 SEAL-041 $(with seal) "$tmp/specimen.a3.pdf"
    refuses "a PDF that is no archive file" 1 SEAL-042 $(with seal) "$tmp/base.pdf"
    refuses "half a file" 1 PDF-002 $(with seal) "$tmp/short.pdf"
    refuses "no PDF" 1 PDF-001 $(with seal) "$tmp/text.pdf"
    refuses "a missing file" 2 ENV-002 $(with seal) "$tmp/none.pdf"
}
status "a full disk is the set-up's fault" 2 sh -c "pdfsign -k '$pki/seal.key' -c '$pki/seal.pem' '$tmp/c.a3.pdf' >/dev/full"
says "and is said" 'ENV-003' "$tmp/err"
finish
