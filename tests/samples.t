#!/bin/sh
# The samples, all the way to the seal, judged by programs that nobody here wrote.
. tests/lib.sh

cp -R samples "$tmp/samples"
rm -rf "$tmp"/samples/*/out "$tmp"/samples/*/ledger "$tmp"/samples/*/stages "$tmp/samples/pki"
status "the samples print and seal" 0 env DATE=2026-11-16 "$tmp/samples/print.sh" "$B/bin"
n=$(find "$tmp"/samples/*/out -name '*.pdf' | wc -l)
if [ "$n" -ge 13 ]; then pass "there are at least 12 certificates and a cross-reference ($n)"; else fail "at least 13 documents, not $n"; fi
left=$(find "$tmp/samples" -path '*/out/*' ! -name '*.pdf' ! -name results.csv ! -name 'extr-cross-reference.*' -type f)
if [ -z "$left" ]; then pass "nothing but PDFs and the results is left in out/"; else fail "left over: $left"; fi
for table in csv json; do
    check "the cross-reference as $table" grep -q 'NL/EXB/ExTR26' "$tmp/samples/iecex/out/extr-cross-reference.$table"
done
(cd "$tmp/samples" && find . \( -name '*.pdf' -o -name 'extr-*' \) -path '*/out/*' -exec cksum {} + | sort) >"$tmp/before"
status "printing the samples again" 0 env DATE=2026-11-17 "$tmp/samples/print.sh" "$B/bin"
check "writes nothing" test ! -s "$tmp/out"
(cd "$tmp/samples" && find . \( -name '*.pdf' -o -name 'extr-*' \) -path '*/out/*' -exec cksum {} + | sort) >"$tmp/after"
check "and leaves every document as it was" cmp "$tmp/before" "$tmp/after"

nss=$tmp/nss
mkdir -p "$nss"
certutil -N -d "sql:$nss" --empty-password
certutil -A -d "sql:$nss" -n test-root -t CT,CT,CT -i "$tmp/samples/pki/root.pem"

for pdf in "$tmp"/samples/*/out/*.pdf; do
    what=$(basename "$(dirname "$(dirname "$pdf")")")/$(basename "$pdf")
    check "$what: qpdf --check" qpdf --check "$pdf"
    pdfsig -nssdir "sql:$nss" "$pdf" >"$tmp/sig" 2>&1
    if grep -q 'Signature is Valid' "$tmp/sig" && grep -q 'Total document signed' "$tmp/sig"; then
        pass "$what: pdfsig finds a valid signature over the whole document"
    else
        fail "$what: pdfsig finds a valid signature over the whole document" "$tmp/sig"
    fi
    says "$what: pdfsig trusts the certificate" 'Certificate is Trusted' "$tmp/sig"
    pdffonts "$pdf" >"$tmp/fonts" 2>&1
    # Columns counted from the right: emb sub uni object ID.
    if awk 'NR > 2 { n++; if ($(NF-4) != "yes" || $(NF-2) != "yes") bad = 1 } END { exit bad || !n }' "$tmp/fonts"; then
        pass "$what: all fonts embedded, all with Unicode maps"
    else
        fail "$what: all fonts embedded, all with Unicode maps" "$tmp/fonts"
    fi
    pdfdetach -list "$pdf" >"$tmp/detach" 2>&1
    says "$what: carries its certificate XML" '[.]cert[.]xml' "$tmp/detach"
    check "$what: pdfcheck" pdfcheck --trust "$tmp/samples/pki/root.pem" "$pdf"
done

# The same data and date give the same bytes, whatever the folder, time zone and locale.
for folder in one two; do
    mkdir -p "$tmp/$folder/deep/er"
    for job in iecee iecex csms; do
        cp -R "samples/$job" "$tmp/$folder/$job"
        rm -rf "$tmp/$folder/$job/out" "$tmp/$folder/$job/ledger" "$tmp/$folder/$job/stages"
        sed -i '/<seal /d' "$tmp/$folder/$job/job.xml"
    done
done
localedef -i de_DE -f UTF-8 "$tmp/de" >/dev/null 2>&1
(cd "$tmp/one" && for job in iecee iecex csms; do certpress print --date 2026-11-16 $job; done) >"$tmp/one.log" 2>&1
(cd "$tmp/two/deep/er" && export TZ=Asia/Tokyo LC_ALL="$tmp/de" && for job in iecee iecex csms; do certpress print --date 2026-11-16 ../../$job; done) >"$tmp/two.log" 2>&1
differ=0
compared=0
for pdf in "$tmp"/one/*/out/*.pdf; do
    compared=$((compared + 1))
    cmp "$pdf" "$(echo "$pdf" | sed "s#$tmp/one#$tmp/two#")" >>"$tmp/cmp" 2>&1 || differ=$((differ + 1))
done
if [ "$differ" -eq 0 ] && [ "$compared" -ge 13 ]; then pass "two runs give byte-identical unsigned PDFs ($compared)"; else fail "two runs give byte-identical unsigned PDFs ($differ of $compared differ)" "$tmp/cmp" "$tmp/one.log" "$tmp/two.log"; fi
finish
