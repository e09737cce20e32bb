#!/bin/sh
# What a long document gives up and makes again is the same as what a short one keeps: with --keep 0
# nothing is kept, of any document that the tests have.
set -u
# shellcheck source=tests/lib.sh
. tests/lib.sh

# Areas, or faults, of all FO: with all kept, and with nothing.
same()
{
    fo2pdf --keep 1000 "$@" >"$tmp/kept" 2>"$tmp/kept.err"
    echo "$?" >>"$tmp/kept.err"
    fo2pdf --keep 0 "$@" >"$tmp/again" 2>"$tmp/again.err"
    echo "$?" >>"$tmp/again.err"
    cmp -s "$tmp/kept" "$tmp/again" && cmp -s "$tmp/kept.err" "$tmp/again.err"
}

n=0 pages=0 differ=
for fo in tests/cases/*/*.fo; do
    same --lenient --area-tree "$fo" || differ="$differ $fo"
    pages=$((pages + $(grep -c '<pageViewport' "$tmp/kept")))
    n=$((n + 1))
done
if [ -z "$differ" ]; then
    pass "$n documents have the same areas"
else
    echo "$differ" >"$tmp/differ"
    fail "$n documents have the same areas" "$tmp/differ"
fi
check "on more than $n pages" test "$pages" -gt "$n"

# Rows of all kinds over many pages: spans, splits, repeated heads with page numbers, notes, ids.
awk 'BEGIN {
    print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\" font-family=\"Source Sans 3\" font-size=\"9pt\" xml:lang=\"en\">" \
        "<fo:layout-master-set><fo:simple-page-master master-name=\"p\" page-width=\"400pt\" page-height=\"300pt\" margin=\"20pt\">" \
        "<fo:region-body margin-bottom=\"20pt\"/><fo:region-after extent=\"15pt\"/></fo:simple-page-master></fo:layout-master-set>" \
        "<fo:page-sequence master-reference=\"p\" id=\"all\"><fo:title>Rows</fo:title>" \
        "<fo:static-content flow-name=\"xsl-region-after\"><fo:block>Page <fo:page-number/> of " \
        "<fo:page-number-citation-last ref-id=\"all\"/></fo:block></fo:static-content>" \
        "<fo:flow flow-name=\"xsl-region-body\"><fo:table border-collapse=\"collapse\">" \
        "<fo:table-header><fo:table-row><fo:table-cell number-columns-spanned=\"3\" border=\"1pt solid\"><fo:block>Page <fo:page-number/>" \
        "</fo:block></fo:table-cell></fo:table-row></fo:table-header><fo:table-body>"
    for (i = 1; i <= 200; i++) {
        text = ""
        for (k = 0; k < (i * 7) % 60; k++) text = text " word" k
        if (i % 9 == 0) text = text "<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block>note " i "</fo:block></fo:footnote-body></fo:footnote>"
        print "<fo:table-row" (i % 11 ? "" : " keep-with-next=\"always\"") ">"
        if (i % 2) print "<fo:table-cell number-rows-spanned=\"2\" border=\"1pt solid\" padding=\"2pt\"><fo:block id=\"row" i "\">row " i "</fo:block></fo:table-cell>"
        print "<fo:table-cell border=\"0.5pt dashed\" padding=\"2pt\"><fo:block>" text "</fo:block><fo:block>end</fo:block></fo:table-cell>" \
            "<fo:table-cell background-color=\"#eeeeee\"><fo:block>" (i % 50 ? "cell" : "see <fo:page-number-citation ref-id=\"row" i - 49 "\"/>") \
            "</fo:block></fo:table-cell></fo:table-row>"
    }
    print "</fo:table-body></fo:table></fo:flow></fo:page-sequence></fo:root>"
}' >"$tmp/rows.fo"
check "rows of all kinds" same --area-tree "$tmp/rows.fo"
status "are set" 0 fo2pdf --area-tree -o "$tmp/rows.xml" "$tmp/rows.fo"
check "on many pages" test "$(grep -c '<pageViewport' "$tmp/rows.xml")" -gt 20
sed 's/<fo:footnote>.*<.fo:footnote>//; s/ id="row[0-9]*"//; s/see <fo:page-number-citation[^>]*>//' "$tmp/rows.fo" >"$tmp/plain.fo"
check "and where nothing is looked for on them" same --area-tree "$tmp/plain.fo"
SOURCE_DATE_EPOCH=0 fo2pdf --keep 1000 -o "$tmp/kept.pdf" "$tmp/plain.fo"
SOURCE_DATE_EPOCH=0 fo2pdf --keep 0 -o "$tmp/again.pdf" "$tmp/plain.fo"
check "the same file" cmp "$tmp/kept.pdf" "$tmp/again.pdf"
status "pages of it" 0 fo2pdf --keep 0 --pages 3,7-9 -o "$tmp/some.pdf" "$tmp/plain.fo"
pdftotext "$tmp/some.pdf" - | grep -o '^Page [0-9]* of' >"$tmp/some.txt"
printf 'Page %d of\n' 3 7 8 9 >"$tmp/wanted"
check "are those" cmp "$tmp/wanted" "$tmp/some.txt"
status "a page as a picture" 0 fo2pdf --keep 0 --png --page 5 -o "$tmp/again.png" "$tmp/plain.fo"
fo2pdf --png --page 5 -o "$tmp/kept.png" "$tmp/plain.fo"
check "is the same" cmp "$tmp/kept.png" "$tmp/again.png"

# A page that is not given is looked at all the same.
sed -e 's|<fo:flow [^>]*>|&<fo:block>first</fo:block><fo:block-container break-before="page"><fo:block-container absolute-position="absolute" fox:transform="rotate()"><fo:block/></fo:block-container></fo:block-container>|' \
    -e 's|<fo:root |&xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" |' "$tmp/plain.fo" >"$tmp/fault.fo"
for output in --png "--pages 1" "--area-tree --pages 1" "-W error"; do
    # shellcheck disable=SC2086
    status "a fault on the second page: $output" 1 fo2pdf --keep 0 $output -o "$tmp/none.pdf" "$tmp/fault.fo"
    says "is told" "value 'rotate\(\)' of 'fox:transform'.*\[FO-007\]$" "$tmp/err"
    check "once" test "$(grep -c FO-007 "$tmp/err")" = 1
done

status "more than any machine has" 2 fo2pdf --keep 1000001 -o "$tmp/none.pdf" "$tmp/plain.fo"
says "is refused" '\[FO-267\]$' "$tmp/err"
check "and nothing is written" test ! -e "$tmp/none.pdf"
finish
