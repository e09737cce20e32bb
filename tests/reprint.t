#!/bin/sh
# pdfcheck --reprint: for every sample, printing the certificate inside it again gives what was sealed,
# and a word that differs on either side, page or data, is noticed, though a key that is trusted sealed it.
. tests/lib.sh

cp -R samples "$tmp/samples"
rm -rf "$tmp"/samples/*/out "$tmp"/samples/*/ledger "$tmp"/samples/*/stages "$tmp/samples/pki"
status "the samples print and seal" 0 env DATE=2026-11-16 "$tmp/samples/print.sh" "$B/bin"
pki=$tmp/samples/pki
n=0
for pdf in "$tmp"/samples/*/out/*.pdf; do
    what=$(basename "$(dirname "$(dirname "$pdf")")")/$(basename "$pdf" .pdf)
    status "$what holds" 0 pdfcheck --reprint --trust "$pki/root.pem" "$pdf"
    says "$what: byte for byte" 'prints as these very bytes' "$tmp/out"
    n=$((n + 1))
done
if [ "$n" -ge 13 ]; then pass "all samples were tried"; else fail "all samples were tried ($n)"; fi
left=$(find /tmp -maxdepth 1 -name 'pdfcheck.*' -newer "$tmp/samples/pki/complete")
if [ -z "$left" ]; then pass "no scratch folder is left"; else fail "scratch folders are left: $left"; fi

# forge WORD OTHER SIDE: prints the certificate in $x with WORD as OTHER on one SIDE, page or data, and
# seals that.
forge()
{
    cp "$x/$name.cert.xml" "$tmp/page.cert.xml"
    cp "$x/$name.cert.xml" "$tmp/data.cert.xml"
    sed "s/$1/$2/" "$x/$name.cert.xml" >"$tmp/$3.cert.xml"
    cmp -s "$tmp/page.cert.xml" "$tmp/data.cert.xml" && [ "$1" != "$2" ] && return 1
    set --
    for file in "$x"/*; do
        case $file in *.cert.xml | *.p7s) ;; *) set -- "$@" --attach "$file" ;; esac
    done
    cert2fo -o "$tmp/f.fo" "$tmp/page.cert.xml" &&
        fo2pdf --base "$job" --date 2026-11-16 -o "$tmp/f.pdf" "$tmp/f.fo" &&
        pdf2pdfa --cert "$tmp/data.cert.xml" --date 2026-11-16 "$@" -o "$tmp/f.a3.pdf" "$tmp/f.pdf" &&
        pdfsign -k "$pki/seal.p12" -p "$pki/seal.pass" -o "$tmp/forged.pdf" "$tmp/f.a3.pdf"
}

for kind in iecee iecex csms; do
    job=$tmp/samples/$kind
    for pdf in "$job"/out/*.pdf; do case $pdf in *cross-reference*) ;; *) break ;; esac; done
    x=$tmp/x-$kind
    pdfcheck --extract "$x" "$pdf" >/dev/null 2>&1
    for name in "$x"/*.cert.xml; do name=$(basename "$name" .cert.xml); done
    check "$kind: a certificate is made anew" forge x x page
    status "$kind: it holds" 0 pdfcheck --reprint --trust "$pki/root.pem" "$tmp/forged.pdf"
    for side in page data; do
        check "$kind: a $side with another word is made" forge '<city>[A-Z]' '<city>Q' $side
        status "$kind: it conforms when nobody prints it again" 0 pdfcheck --trust "$pki/root.pem" "$tmp/forged.pdf"
        status "$kind: printed again, the $side's other word is noticed" 1 pdfcheck --reprint --trust "$pki/root.pem" "$tmp/forged.pdf"
        says "$kind: and the page is named" 'CHECK-12[245]' "$tmp/err"
    done
done

# ---- what is missing
mkdir "$tmp/alone"
cp "$B/bin/pdfcheck" "$tmp/alone"
status "without the other programs nothing can be printed" 2 env CERTPRESS_DATA="$PWD" "$tmp/alone/pdfcheck" --reprint "$pdf"
says "and that is said" 'CHECK-121' "$tmp/err"
finish
