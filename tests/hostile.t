#!/bin/sh
# Files of 50 MiB made to cost time and memory: pdfcheck, pdfsign and pdf2pdfa refuse them with a message
# within 10 seconds and 512 MiB, and leave no product.
. tests/lib.sh
. tests/archive.sh

check "a TEST authority is made" make_pki
check "an archive file is made" make_archive "$tmp/c.a3.pdf"
check "it is sealed" pdfsign --key "$pki/seal.p12" --passphrase-file "$pki/seal.pass" -o "$tmp/c.pdf" "$tmp/c.a3.pdf"

# The sanitizers need memory of their own.
limit=524288
if nm "$B/bin/pdfcheck" 2>/dev/null | grep -q __asan_init; then limit=unlimited; fi
# refuses WHAT COMMAND...: it ends with 1 or 2, in time, with a message.
refuses()
{
    what=$1
    shift
    begun=$(date +%s)
    # shellcheck disable=SC3045 # dash and bash have it
    (ulimit -v $limit && exec timeout 60 "$@") >"$tmp/out" 2>"$tmp/err"
    got=$?
    took=$(($(date +%s) - begun))
    case $got:$limit in
    1:* | 2:*) ;;
    *) fail "$what (exit status $got)" "$tmp/err"; return ;;
    esac
    if [ $took -gt 10 ] && [ $limit != unlimited ]; then fail "$what (took $took s)"; return; fi
    if grep -Eq 'error: .*\[[A-Z]+-[0-9]+\]' "$tmp/err" && ! grep -q 'out of memory' "$tmp/err"; then pass "$what"; else fail "$what (no message)" "$tmp/err"; fi
}

for kind in $("$B/unit/hostile" list); do
    "$B/unit/hostile" "$kind" "$tmp/h.pdf" "$tmp/c.pdf" || fail "$kind is made"
    refuses "pdfcheck refuses $kind" pdfcheck --trust "$pki/root.pem" "$tmp/h.pdf"
    rm -f "$tmp/k.pdf"
    refuses "pdfsign refuses $kind" pdfsign --key "$pki/seal.p12" --passphrase-file "$pki/seal.pass" -o "$tmp/k.pdf" "$tmp/h.pdf"
    if [ -e "$tmp/k.pdf" ]; then fail "and writes nothing"; else pass "and writes nothing"; fi
done
rm -f "$tmp/h.pdf"
finish
