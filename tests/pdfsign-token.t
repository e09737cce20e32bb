#!/bin/sh
# Keys in a token, spoken to through PKCS#11: SoftHSM, behind a module that counts logins.
. tests/lib.sh
. tests/archive.sh

if [ ! -e /usr/lib/softhsm/libsofthsm2.so ]; then
    skip "keys in tokens" "SoftHSM is not installed"
    finish
    exit
fi
check "an archive file is made" make_archive "$tmp/c.a3.pdf"
check "a TEST authority is made" make_pki
mkdir "$tmp/tokens" "$tmp/other" "$tmp/into" "$tmp/many"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$tmp/tokens" >"$tmp/softhsm.conf"
export SOFTHSM2_CONF="$tmp/softhsm.conf" COUNTING_LOG="$tmp/log"
module=$B/unit/counting.so
echo 4711 >"$tmp/pin"
echo 1234 >"$tmp/wrong"
check "a token is made" softhsm2-util --init-token --free --label 'TEST token' --pin 4711 --so-pin 0815
for key in seal p256 p384; do
    openssl pkcs8 -topk8 -nocrypt -in "$pki/$key.key" -out "$tmp/$key.p8"
    id=$(printf '%s' "$key" | od -An -tx1 | tr -d ' \n')
    softhsm2-util --import "$tmp/$key.p8" --token 'TEST token' --pin 4711 --label "$key" --id "$id" >"$tmp/import.log" 2>&1 ||
        fail "the key $key is put into the token" "$tmp/import.log"
done

# seal KEY OPTION...: with that key of the token.
seal()
{
    key=$1
    shift
    pdfsign --module "$module" --key "$key" --cert "$pki/$key.pem" --chain "$pki/issuing.pem" --passphrase-file "$tmp/pin" "$@"
}
for key in seal p256 p384; do
    status "it seals with $key" 0 seal $key -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
    check "pdfcheck accepts it" pdfcheck -t "$pki/root.pem" "$tmp/k.pdf"
done
status "it seals with RSASSA-PSS" 0 seal seal --pss -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
check "pdfcheck accepts it" pdfcheck -t "$pki/root.pem" "$tmp/k.pdf"
status "RSA in the token gives what the file gives" 0 seal seal --date 2026-11-16 -o "$tmp/one.pdf" "$tmp/c.a3.pdf"
pdfsign -k "$pki/seal.key" -c "$pki/seal.pem" --chain "$pki/issuing.pem" --date 2026-11-16 -o "$tmp/two.pdf" "$tmp/c.a3.pdf"
check "the same bytes" cmp "$tmp/one.pdf" "$tmp/two.pdf"
status "the PIN may come through a descriptor" 0 sh -c \
    "pdfsign -m '$module' --token 'TEST token' -k p256 -c '$pki/p256.pem' -p /dev/fd/3 '$tmp/c.a3.pdf' 3<'$tmp/pin' >'$tmp/k.pdf'"

# The certificate from the token itself, with the chain beside it.
id=$(printf 'p256' | od -An -tx1 | tr -d ' \n')
check "the issuer's certificate is put into the token" "$B/unit/putcert" /usr/lib/softhsm/libsofthsm2.so 'TEST token' 4711 00 "$pki/issuing.pem"
check "the seal's too" "$B/unit/putcert" /usr/lib/softhsm/libsofthsm2.so 'TEST token' 4711 "$id" "$pki/p256.pem"
status "the certificate may lie in the token" 0 pdfsign -m "$module" -k p256 -p "$tmp/pin" -o "$tmp/k.pdf" "$tmp/c.a3.pdf"
check "pdfcheck accepts it, with its chain" pdfcheck -t "$pki/root.pem" "$tmp/k.pdf"

i=0
while [ $i -lt 100 ]; do
    i=$((i + 1))
    cp "$tmp/c.a3.pdf" "$tmp/many/$i.pdf"
done
: >"$tmp/log"
status "it seals 100 documents" 0 seal p256 --into "$tmp/into" "$tmp"/many/*.pdf
# shellcheck disable=SC2012
if [ "$(ls "$tmp/into" | wc -l)" -eq 100 ]; then pass "100 are there"; else fail "100 are there"; fi
if [ "$(tr -cd L <"$tmp/log" | wc -c)" -eq 1 ]; then pass "with one login"; else fail "with one login" "$tmp/log"; fi
if [ "$(tr -cd S <"$tmp/log" | wc -c)" -eq 101 ]; then pass "and one signature each, beside the one that proves the key"; else fail "and one signature each" "$tmp/log"; fi

# refuses WHAT ID ARGUMENT...
refuses()
{
    what=$1 id=$2
    shift 2
    echo untouched >"$tmp/target"
    "$@" -o "$tmp/target" "$tmp/c.a3.pdf" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    if [ "$got" = 2 ] && grep -q "\[$id\]" "$tmp/err" && [ "$(cat "$tmp/target")" = untouched ]; then
        pass "refused: $what"
    else
        fail "refused: $what (exit status $got, or not $id)" "$tmp/err"
    fi
}
: >"$tmp/log"
refuses "a wrong PIN" SEAL-024 pdfsign -m "$module" -k p256 -c "$pki/p256.pem" -p "$tmp/wrong"
if [ "$(cat "$tmp/log")" = L ]; then pass "which is tried once"; else fail "which is tried once" "$tmp/log"; fi
refuses "no PIN" SEAL-003 pdfsign -m "$module" -k p256 -c "$pki/p256.pem"
refuses "a certificate of another key" SEAL-006 pdfsign -m "$module" -k p256 -c "$pki/plain.pem" -p "$tmp/pin"
refuses "a certificate of another kind of key" SEAL-006 pdfsign -m "$module" -k p256 -c "$pki/seal.pem" -p "$tmp/pin"
refuses "no certificate of its own" SEAL-002 pdfsign -m "$module" -k seal -p "$tmp/pin"
refuses "a key that is not there" SEAL-026 pdfsign -m "$module" -k none -c "$pki/p256.pem" -p "$tmp/pin"
refuses "a token that is not there" SEAL-022 pdfsign -m "$module" --token none -k p256 -c "$pki/p256.pem" -p "$tmp/pin"
refuses "a module that is not there" SEAL-020 pdfsign -m "$tmp/none.so" -k p256 -c "$pki/p256.pem" -p "$tmp/pin"
refuses "a library that is no module" SEAL-020 pdfsign -m libcrypto.so.3 -k p256 -c "$pki/p256.pem" -p "$tmp/pin"
check "a second token is made" softhsm2-util --init-token --free --label 'TEST second' --pin 4711 --so-pin 0815
refuses "a choice of tokens" SEAL-023 pdfsign -m "$module" -k p256 -c "$pki/p256.pem" -p "$tmp/pin"
softhsm2-util --import "$tmp/p256.p8" --token 'TEST token' --pin 4711 --label p256 --id 99 --force >"$tmp/import.log" 2>&1
refuses "a choice of keys" SEAL-027 pdfsign -m "$module" --token 'TEST token' -k p256 -c "$pki/p256.pem" -p "$tmp/pin"
finish
