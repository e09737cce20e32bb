#!/bin/sh
# The seeds of the fuzz targets as ordinary tests, each as it is and with bytes changed.
. tests/lib.sh
. tests/archive.sh

# Seeds that are made anew, since they would grow old: a sealed file and its signature.
check "a TEST authority is made" make_pki
check "an archive file is made" make_archive "$tmp/c.a3.pdf"
check "it is sealed" pdfsign -k "$pki/p256.key" -c "$pki/p256.pem" --chain "$pki/issuing.pem" --date 2026-11-16 -o "$tmp/c.pdf" "$tmp/c.a3.pdf"
pdfcheck --extract "$tmp/x" "$tmp/c.pdf" >/dev/null 2>&1
{ printf '\0'; cat "$tmp/x/seal-1.p7s"; } >"$tmp/seal"
{ printf '\1'; cat "$tmp/x/seal-1.p7s"; } >"$tmp/stamp"

# replay TARGET CHANGES FILE...
replay()
{
    target=$1
    shift
    check "$target: $(($# - 1)) seeds" timeout 300 "$B/unit/$target-replay" "$@"
}
replay csv 20 tests/fuzz/csv/*
replay rec 100 tests/fuzz/rec/*.xml tests/cases/rec2cert/csms.rec.xml
replay fo 50 tests/fuzz/fo/*.fo "$tmp/base.fo"
replay pdf 100 tests/fuzz/pdf/*
replay content 500 tests/fuzz/content/*
replay pdf2pdfa 20 tests/fuzz/pdf/* "$tmp/base.pdf"
replay pdfcheck 200 tests/fuzz/pdf/* "$tmp/c.pdf"
replay cms 2000 "$tmp/seal" "$tmp/stamp"
finish
