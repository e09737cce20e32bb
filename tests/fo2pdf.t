#!/bin/sh
# A document with everything in it through fo2pdf: bytes, words, structure, links, fonts, pictures.
set -u
# shellcheck source=tests/lib.sh
. tests/lib.sh

cat >"$tmp/zones.svg" <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" font-family="Source Sans 3">
  <rect x="1" y="1" width="118" height="58" fill="none" stroke="#12355b"/>
  <text x="10" y="30" font-size="12">Zone one</text>
</svg>
SVG

cat >"$tmp/page.fo" <<'FO'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xml:lang="en" font-family="Source Sans 3" font-size="10pt">
  <fo:layout-master-set>
    <fo:simple-page-master master-name="a4" page-width="210mm" page-height="297mm" margin="20mm">
      <fo:region-body margin-top="15mm" margin-bottom="15mm"/>
      <fo:region-before extent="10mm"/>
      <fo:region-after extent="10mm"/>
    </fo:simple-page-master>
  </fo:layout-master-set>
  <fo:declarations>
    <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Certificate of nothing</dc:title></rdf:Description>
    </rdf:RDF></x:xmpmeta>
  </fo:declarations>
  <fo:bookmark-tree>
    <fo:bookmark internal-destination="scope"><fo:bookmark-title>Scope &amp; limits</fo:bookmark-title>
      <fo:bookmark internal-destination="second"><fo:bookmark-title>Second page</fo:bookmark-title></fo:bookmark>
    </fo:bookmark>
  </fo:bookmark-tree>
  <fo:page-sequence master-reference="a4">
    <fo:static-content flow-name="xsl-region-before"><fo:block>Running head</fo:block></fo:static-content>
    <fo:static-content flow-name="xsl-region-after"><fo:block border-top="0.4pt solid #999999">Page <fo:page-number/></fo:block></fo:static-content>
    <fo:flow flow-name="xsl-region-body">
      <fo:block role="H1" id="scope" font-size="18pt" color="#12355b">Scope</fo:block>
      <fo:block>See <fo:basic-link external-destination="https://example.org/verify?n=(1)">the register</fo:basic-link>
        or <fo:basic-link internal-destination="second">the second page</fo:basic-link>, then <fo:inline xml:lang="fr">d’accord</fo:inline>.</fo:block>
      <fo:table table-layout="fixed" width="170mm" border-bottom="1pt solid black">
        <fo:table-column column-width="60mm"/><fo:table-column column-width="110mm"/>
        <fo:table-header><fo:table-row font-weight="600">
          <fo:table-cell><fo:block>Item</fo:block></fo:table-cell><fo:table-cell><fo:block>Value</fo:block></fo:table-cell>
        </fo:table-row></fo:table-header>
        <fo:table-body>
          <fo:table-row background-color="#eeeeee"><fo:table-cell role="TH"><fo:block>Model</fo:block></fo:table-cell><fo:table-cell><fo:block>AX-1 fi fl</fo:block></fo:table-cell></fo:table-row>
          <fo:table-row><fo:table-cell number-columns-spanned="2"><fo:block>Over both</fo:block></fo:table-cell></fo:table-row>
        </fo:table-body>
      </fo:table>
      <fo:list-block provisional-distance-between-starts="8mm">
        <fo:list-item><fo:list-item-label end-indent="label-end()"><fo:block>1.</fo:block></fo:list-item-label>
          <fo:list-item-body start-indent="body-start()"><fo:block>First</fo:block></fo:list-item-body></fo:list-item>
      </fo:list-block>
      <fo:block><fo:external-graphic src="url(zones.svg)" fox:alt-text="Two zones"/></fo:block>
      <fo:block><fo:instream-foreign-object content-width="25mm" fox:alt-text="Address of the register">
        <qr:code xmlns:qr="urn:certpress:qr">https://example.org/verify</qr:code></fo:instream-foreign-object></fo:block>
      <fo:block break-before="page" role="H2" id="second">Second</fo:block>
      <fo:block>Last words.</fo:block>
    </fo:flow>
  </fo:page-sequence>
</fo:root>
FO

status "a document is set" 0 fo2pdf --date 2026-03-01 -o "$tmp/page.pdf" "$tmp/page.fo"
if [ -s "$tmp/err" ]; then fail "without a message" "$tmp/err"; else pass "without a message"; fi
check "qpdf finds nothing" qpdf --check "$tmp/page.pdf"

# ---- the same bytes in another folder, time zone and locale, through a pipe ------------------------
home=$PWD
cat "$tmp/page.fo" >"$tmp/in"
(cd / && TZ=Asia/Tokyo LC_ALL=C.UTF-8 fo2pdf --date 2026-03-01 --base "$tmp" -n "$tmp/page.fo" <"$tmp/in" >"$tmp/again.pdf" 2>"$tmp/err")
check "the same bytes again" cmp "$tmp/page.pdf" "$tmp/again.pdf"
(cd / && SOURCE_DATE_EPOCH=1772323200 fo2pdf -o "$tmp/epoch.pdf" "$tmp/page.fo" 2>"$tmp/err")
check "SOURCE_DATE_EPOCH is a date" cmp "$tmp/page.pdf" "$tmp/epoch.pdf"
cd "$home" || exit 2

# ---- what readers see ------------------------------------------------------------------------------
pdfinfo "$tmp/page.pdf" >"$tmp/info" 2>&1
says "the title" '^Title: +Certificate of nothing$' "$tmp/info"
says "tagged" '^Tagged: +yes$' "$tmp/info"
says "two pages" '^Pages: +2$' "$tmp/info"
says "A4" '^Page size: +595.275 x 841.889 pts' "$tmp/info"
pdffonts "$tmp/page.pdf" | awk 'NR > 2' >"$tmp/fonts"
check "fonts are embedded, subset, with Unicode" awk '!/ yes yes yes / { bad = 1; print } END { exit bad || !NR }' "$tmp/fonts"
pdftotext -layout "$tmp/page.pdf" "$tmp/text" 2>"$tmp/err"
says "letters that make ligatures are letters" 'AX-1 fi fl' "$tmp/text"

pdfinfo -struct-text "$tmp/page.pdf" >"$tmp/struct" 2>&1
cat >"$tmp/struct.expected" <<'TREE'
Document
  H1 (block)
    "Scope"
  P (block)
    "See "
    Link (inline)
      "the register"
      Object
    " or "
    Link (inline)
      "the second page"
      Object
    ", then "
    Span (inline)
      "d’accord"
    "."
  Table (block)
    THead
      TR
        TH:
           /Scope /Column
          "Item"
        TH:
           /Scope /Column
          "Value"
    TBody
      TR
        TH:
           /Scope /Row
          "Model"
        TD
          "AX-1 fi fl"
      TR
        TD:
           /ColSpan 2
          "Over both"
  L (block)
    LI (block)
      Lbl (block)
        "1."
      LBody (block)
        "First"
  Figure:
     /BBox
    "Zone one"
  Figure:
     /BBox
    ""
  H2 (block)
    "Second"
  P (block)
    "Last words."
TREE
sed -e 's/Object .*/Object/' -e 's|/BBox .*|/BBox|' "$tmp/struct" >"$tmp/struct.got"
check "the structure reads as the document" diff -u "$tmp/struct.expected" "$tmp/struct.got"

qpdf --qdf --object-streams=disable "$tmp/page.pdf" "$tmp/page.qdf" 2>"$tmp/err"
says "the address is escaped" '/URI \(https://example.org/verify\?n=\\\(1\\\)\)' "$tmp/page.qdf"
check "no picture is smoothed by the reader" sh -c "! grep -a '/Interpolate true' '$tmp/page.qdf'"
check "the QR code is one bit deep" grep -aq '/ImageMask true' "$tmp/page.qdf"
says "bookmarks" '/Title \(Scope & limits\)' "$tmp/page.qdf"
says "with what is below them" '/Count 1$' "$tmp/page.qdf"
says "the language of the words in French" '/Lang \(fr\)' "$tmp/page.qdf"
says "the foot is an artifact of the page" '/Artifact <</Type/Pagination/Subtype/Footer>> BDC' "$tmp/page.qdf"
says "the head is an artifact of the page" '/Artifact <</Type/Pagination/Subtype/Header>> BDC' "$tmp/page.qdf"
says "alternative text" '/Alt \(Two zones\)' "$tmp/page.qdf"

sed -e 's/<fo:bookmark internal-destination="scope">/<fo:bookmark internal-destination="scope" starting-state="hide">/' "$tmp/page.fo" >"$tmp/closed.fo"
status "a bookmark that starts closed" 0 fo2pdf -o "$tmp/closed.pdf" "$tmp/closed.fo"
qpdf --qdf --object-streams=disable "$tmp/closed.pdf" "$tmp/closed.qdf" 2>"$tmp/err"
says "says so" '/Count -1$' "$tmp/closed.qdf"

# ---- pictures --------------------------------------------------------------------------------------
status "a page as PNG" 0 fo2pdf --png --page 2 --dpi 72 -o "$tmp/page.png" "$tmp/page.fo"
check "is as large as the page" sh -c "od -An -tx1 -j16 -N8 '$tmp/page.png' | tr -d ' ' | grep -qx '000002540000034a'"
status "a page as SVG" 0 fo2pdf --svg -o "$tmp/page.svg" "$tmp/page.fo"
check "is XML" xmllint --noout "$tmp/page.svg"
status "a page that is not there" 2 fo2pdf --png --page 3 -o "$tmp/none.png" "$tmp/page.fo"
says "is said to be missing" 'there is no page 3; the document has 2 \[FO-202\]$' "$tmp/err"
check "and nothing is written" test ! -e "$tmp/none.png"
status "page 0" 2 fo2pdf --png --page 0 "$tmp/page.fo"
says "is not one" '\[FO-261\]$' "$tmp/err"
sed -e 's/page-width="210mm"/page-width="4500mm"/' -e 's/page-height="297mm"/page-height="4500mm"/' "$tmp/page.fo" >"$tmp/large.fo"
status "a picture that is too large" 2 fo2pdf --png --dpi 150 -o "$tmp/none.png" "$tmp/large.fo"
says "is refused" '\[FO-204\]$' "$tmp/err"
status "two kinds of output" 2 fo2pdf --png --svg "$tmp/page.fo"
says "are one too many" '\[FO-260\]$' "$tmp/err"
status "no dots" 2 fo2pdf --png --dpi 0 "$tmp/page.fo"
status "two files" 2 fo2pdf "$tmp/page.fo" "$tmp/page.fo"

# ---- some pages ------------------------------------------------------------------------------------
cat >"$tmp/three.fo" <<'EOF'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en" font-family="Source Sans 3">
<fo:layout-master-set><fo:simple-page-master master-name="a" page-width="80mm" page-height="60mm" margin="5mm"><fo:region-body/></fo:simple-page-master></fo:layout-master-set>
<fo:declarations><x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Three</dc:title></x:xmpmeta></fo:declarations>
<fo:bookmark-tree><fo:bookmark internal-destination="p1"><fo:bookmark-title>First</fo:bookmark-title></fo:bookmark>
<fo:bookmark internal-destination="p3"><fo:bookmark-title>Third</fo:bookmark-title></fo:bookmark></fo:bookmark-tree>
<fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body">
<fo:block id="p1">to <fo:basic-link internal-destination="p2">two</fo:basic-link> and <fo:basic-link internal-destination="p3">three</fo:basic-link></fo:block>
<fo:block id="p2" break-before="page">on page two</fo:block><fo:block id="p3" break-before="page">on page three</fo:block></fo:flow></fo:page-sequence></fo:root>
EOF
status "pages 1 and 3" 0 fo2pdf --pages 1,3 -o "$tmp/two.pdf" "$tmp/three.fo"
qpdf --qdf --object-streams=disable "$tmp/two.pdf" "$tmp/two.qdf" 2>"$tmp/err"
check "are two" sh -c "pdfinfo '$tmp/two.pdf' | grep -q '^Pages: *2$'"
check "with the one link that leads to them" sh -c "test \$(grep -c '/Subtype /Link' '$tmp/two.qdf') = 1"
check "and no words of the other" sh -c "! pdftotext '$tmp/two.pdf' - | grep -q 'page two'"
status "page 3" 0 fo2pdf --pages 3-3 -o "$tmp/one.pdf" "$tmp/three.fo"
qpdf --qdf --object-streams=disable "$tmp/one.pdf" "$tmp/one.qdf" 2>"$tmp/err"
says "has its own bookmark" '/Title \(Third\)' "$tmp/one.qdf"
check "and no other" sh -c "! grep -q '/Title (First)' '$tmp/one.qdf'"
status "a page that is not there" 2 fo2pdf --pages 2-4 -o "$tmp/none.pdf" "$tmp/three.fo"
says "is said to be missing" 'there is no page 4; the document has 3 \[FO-202\]$' "$tmp/err"
for list in '' 0 3-1 '1,' 1-2-3 x; do
    status "no list of pages: '$list'" 2 fo2pdf --pages "$list" -o "$tmp/none.pdf" "$tmp/three.fo"
    says "is told" '\[FO-264\]$' "$tmp/err"
done
status "--pages with a picture" 2 fo2pdf --png --pages 1 "$tmp/three.fo"
says "takes --page" '\[FO-265\]$' "$tmp/err"

# ---- a long table: its structure is packed while it is made -----------------------------------------
{
    sed -e 's/<fo:block id=.*//' -e 's/>Three</>Long</' -e '/bookmark/d' "$tmp/three.fo" | sed '$d'
    echo '<fo:table table-layout="fixed" width="100%"><fo:table-body>'
    awk 'BEGIN { for (i = 1; i <= 2600; i++) printf "<fo:table-row><fo:table-cell><fo:block>%d</fo:block></fo:table-cell><fo:table-cell number-columns-spanned=\"2\"><fo:block id=\"r%d\" xml:lang=\"de\">Zeile</fo:block></fo:table-cell></fo:table-row>\n", i, i }'
    echo '</fo:table-body></fo:table><fo:block>to <fo:basic-link internal-destination="r2600">the end</fo:basic-link></fo:block></fo:flow></fo:page-sequence></fo:root>'
} >"$tmp/long.fo"
status "a long table" 0 fo2pdf -o "$tmp/long.pdf" "$tmp/long.fo"
qpdf --check "$tmp/long.pdf" >"$tmp/err" 2>&1
says "is sound" 'No syntax or stream encoding errors' "$tmp/err"
pdfinfo -struct-text "$tmp/long.pdf" >"$tmp/long.txt" 2>"$tmp/err"
check "has a row for each of its rows" sh -c "test \$(grep -c '^ *TR' '$tmp/long.txt') = 2600"
check "and cells" sh -c "test \$(grep -c '^ *TD' '$tmp/long.txt') = 5200"
check "with what they hold, in order" sh -c "grep -o '\"[0-9]*\"' '$tmp/long.txt' | tr -d '\"' | head -2600 | sort -nc && grep -q '\"2600\"' '$tmp/long.txt'"
qpdf --qdf --object-streams=disable "$tmp/long.pdf" "$tmp/long.qdf" 2>"$tmp/err"
check "with their spans" sh -c "test \$(grep -c '/ColSpan 2' '$tmp/long.qdf') = 2600"
check "and languages" sh -c "test \$(grep -c '/Lang (de)' '$tmp/long.qdf') = 2600"
check "and the link" sh -c "grep -q '/Type /OBJR' '$tmp/long.qdf'"

# ---- one long paragraph, over pages of two widths ---------------------------------------------------
# numbers ALIGN N NOTE: a block of the numbers to N, of which NOTE cites a footnote.
numbers()
{
    cat <<EOF
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en" font-family="Source Sans 3" font-size="8pt">
<fo:layout-master-set><fo:simple-page-master master-name="a" page-width="210mm" page-height="297mm" margin="10mm"><fo:region-body/></fo:simple-page-master>
<fo:simple-page-master master-name="b" page-width="210mm" page-height="297mm" margin="20mm"><fo:region-body/></fo:simple-page-master>
<fo:page-sequence-master master-name="m"><fo:repeatable-page-master-alternatives>
<fo:conditional-page-master-reference master-reference="a" odd-or-even="odd"/><fo:conditional-page-master-reference master-reference="b"/>
</fo:repeatable-page-master-alternatives></fo:page-sequence-master></fo:layout-master-set>
<fo:page-sequence master-reference="m"><fo:title>Numbers</fo:title><fo:flow flow-name="xsl-region-body"><fo:block text-align="$1">
EOF
    seq 1 "$3"
    echo '<fo:footnote><fo:inline>cited</fo:inline><fo:footnote-body><fo:block>noted</fo:block></fo:footnote-body></fo:footnote>'
    seq $(($3 + 1)) "$2"
    echo '</fo:block><fo:block>the end</fo:block></fo:flow></fo:page-sequence></fo:root>'
}

for align in start justify; do
    numbers $align 120000 5000 >"$tmp/long.fo"
    status "a long paragraph ($align)" 0 fo2pdf -o "$tmp/long.pdf" "$tmp/long.fo"
    pdftotext "$tmp/long.pdf" - | tr -s ' \f' '\n' | grep . >"$tmp/long.words"
    { seq 1 120000; printf 'the\nend\n'; } >"$tmp/long.expected"
    grep -v -e cited -e noted "$tmp/long.words" >"$tmp/long.numbers"
    check "has all its words, each once, in order" cmp "$tmp/long.expected" "$tmp/long.numbers"
    check "and its footnote" sh -c "test \$(grep -c -e cited -e noted '$tmp/long.words') = 2"
done

# paragraphs BEFORE AFTER: of numbers, each with a marker; what stands before and after all.
paragraphs()
{
    numbers start 0 0 | sed -e '/^cited/d' -e '/<fo:block text-align/,$d' \
        -e 's|<fo:region-body/>|<fo:region-body margin-top="8mm"/><fo:region-before extent="8mm"/>|'
    echo '<fo:page-sequence master-reference="m"><fo:title>Numbers</fo:title><fo:static-content flow-name="xsl-region-before">'
    echo '<fo:block><fo:retrieve-marker retrieve-class-name="n" retrieve-position="first-starting-within-page"/></fo:block></fo:static-content>'
    echo "<fo:flow flow-name=\"xsl-region-body\">$1"
    awk 'BEGIN { for (i = 0; i < 900; i++) {
        printf "<fo:block id=\"p%d\" space-before=\"3pt\"><fo:marker marker-class-name=\"n\">from %d</fo:marker>", i, i
        for (k = 0; k < 20 + i * 7 % 80; k++) printf "%d.%d ", i, k
        print "</fo:block>" } }'
    echo "$2</fo:flow></fo:page-sequence></fo:root>"
}

paragraphs '' '' >"$tmp/flat.fo"
paragraphs '<fo:block><fo:block>' '</fo:block><!-- --></fo:block>' >"$tmp/wrapped.fo"
paragraphs '<fo:block id="w" border="1pt solid" padding="2pt"><fo:block>before</fo:block><fo:block>' \
    '</fo:block></fo:block>' >"$tmp/boxed.fo"
for kind in flat wrapped boxed; do
    status "paragraphs, $kind" 0 fo2pdf --date 2026-03-01 -o "$tmp/$kind.pdf" "$tmp/$kind.fo"
    pdftotext -bbox "$tmp/$kind.pdf" "$tmp/$kind.bbox"
done
check "blocks around them change nothing" cmp "$tmp/flat.bbox" "$tmp/wrapped.bbox"
grep -o '>[0-9.]*</word>' "$tmp/flat.bbox" | grep '[.]' >"$tmp/flat.words"
grep -o '>[0-9.]*</word>' "$tmp/boxed.bbox" | grep '[.]' >"$tmp/boxed.words"
check "nor boxes the order of their words" cmp "$tmp/flat.words" "$tmp/boxed.words"
check "of which there are many" test "$(wc -l <"$tmp/boxed.words")" -gt 50000

# What takes no room goes with what follows it: here some of it stands where a page ends.
{
    numbers start 0 0 | sed -e '/^cited/d' -e '/<fo:block text-align/,$d' -e 's/page-height="297mm"/page-height="60mm"/'
    echo '<fo:page-sequence master-reference="m"><fo:title>Lines</fo:title><fo:flow flow-name="xsl-region-body">'
    awk 'BEGIN { for (i = 0; i < 60; i++) printf "<fo:block>line <fo:basic-link internal-destination=\"b%d\">%d</fo:basic-link></fo:block>" \
        "<fo:block id=\"b%d\"/><fo:block-container position=\"absolute\" top=\"1mm\" left=\"%dmm\" width=\"9mm\" height=\"5mm\">" \
        "<fo:block>out%d</fo:block></fo:block-container>", i, i, i, 20 + i % 10 * 9, i }'
    echo '</fo:flow></fo:page-sequence></fo:root>'
} >"$tmp/out.fo"
sed -e 's|<fo:flow [^>]*>|&<fo:block>|' -e 's|</fo:flow>|</fo:block></fo:flow>|' "$tmp/out.fo" >"$tmp/out-wrapped.fo"
for kind in out out-wrapped; do
    status "what takes no room ($kind)" 0 fo2pdf -o "$tmp/$kind.pdf" "$tmp/$kind.fo"
    pdftotext "$tmp/$kind.pdf" "$tmp/$kind.text"
    check "is all there" sh -c "test \$(grep -o 'out[0-9]*' '$tmp/$kind.text' | sort -u | wc -l) = 60"
done

# ---- what has an id and takes no room is on a page all the same, or told -----------------------------
cat >"$tmp/ids.fo" <<'XML'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="Source Sans 3" xml:lang="en">
<fo:layout-master-set><fo:simple-page-master master-name="p" page-width="200pt" page-height="200pt"><fo:region-body/></fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="p"><fo:title>Ids</fo:title><fo:flow flow-name="xsl-region-body">
<fo:block>on <fo:page-number-citation ref-id="end"/>, <fo:page-number-citation ref-id="last"/>, <fo:page-number-citation ref-id="body"/></fo:block>
<fo:block><fo:block>one</fo:block><fo:block><fo:block id="end"/></fo:block></fo:block>
<fo:block break-before="page">two</fo:block>
<fo:table><fo:table-column id="column"/><fo:table-body><fo:table-row><fo:table-cell><fo:block/></fo:table-cell></fo:table-row></fo:table-body>
<fo:table-body id="body"><fo:table-row break-before="page"><fo:table-cell><fo:block>three</fo:block></fo:table-cell></fo:table-row></fo:table-body></fo:table>
<fo:block><fo:block>three</fo:block><fo:block id="last"/></fo:block>
</fo:flow></fo:page-sequence></fo:root>
XML
status "ids of what takes no room" 0 fo2pdf -o "$tmp/ids.pdf" "$tmp/ids.fo"
pdftotext "$tmp/ids.pdf" "$tmp/ids.txt"
says "are on their pages" '^on 1, 3, 3$' "$tmp/ids.txt"
sed 's/ref-id="body"/ref-id="column"/' "$tmp/ids.fo" >"$tmp/lost.fo"
status "an id that is on no page" 1 fo2pdf -o "$tmp/none.pdf" "$tmp/lost.fo"
says "is told" ":4: error: .*'column'.*\\[FO-062\\]$" "$tmp/err"
check "and nothing is written" test ! -e "$tmp/none.pdf"

# ---- a last page that takes everything in a width of its own ------------------------------------------
awk 'BEGIN {
    print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\" font-family=\"Source Sans 3\" xml:lang=\"en\"><fo:layout-master-set>" \
        "<fo:simple-page-master master-name=\"wide\" page-width=\"400pt\" page-height=\"100pt\"><fo:region-body/></fo:simple-page-master>" \
        "<fo:simple-page-master master-name=\"narrow\" page-width=\"100pt\" page-height=\"600pt\"><fo:region-body/></fo:simple-page-master>" \
        "<fo:page-sequence-master master-name=\"s\"><fo:repeatable-page-master-alternatives>" \
        "<fo:conditional-page-master-reference page-position=\"last\" master-reference=\"narrow\"/>" \
        "<fo:conditional-page-master-reference master-reference=\"wide\"/></fo:repeatable-page-master-alternatives>" \
        "</fo:page-sequence-master></fo:layout-master-set><fo:page-sequence master-reference=\"s\"><fo:title>Last</fo:title>" \
        "<fo:flow flow-name=\"xsl-region-body\"><fo:block>"
    for (i = 1; i <= 60; i++) print "w" i
    print "</fo:block></fo:flow></fo:page-sequence></fo:root>"
}' >"$tmp/last.fo"
status "a last page that takes all" 0 fo2pdf -o "$tmp/last.pdf" "$tmp/last.fo"
pdftotext "$tmp/last.pdf" - | tr -s ' \f' '\n' | grep . >"$tmp/last.words"
seq -f 'w%g' 60 >"$tmp/wanted"
check "has each word once" cmp "$tmp/wanted" "$tmp/last.words"

# ---- a header that leaves no room on a page is no reason to set it on each ----------------------------
awk 'BEGIN {
    print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\" font-family=\"Source Sans 3\" xml:lang=\"en\">" \
        "<fo:layout-master-set><fo:simple-page-master master-name=\"p\" page-width=\"200pt\" page-height=\"200pt\"><fo:region-body/>" \
        "</fo:simple-page-master></fo:layout-master-set><fo:page-sequence master-reference=\"p\"><fo:title>High</fo:title>" \
        "<fo:flow flow-name=\"xsl-region-body\"><fo:table><fo:table-header><fo:table-row><fo:table-cell>"
    for (i = 0; i < 40; i++) print "<fo:block>head</fo:block>"
    print "</fo:table-cell></fo:table-row></fo:table-header><fo:table-body>"
    for (i = 0; i < 60; i++) print "<fo:table-row><fo:table-cell><fo:block>row</fo:block></fo:table-cell></fo:table-row>"
    print "</fo:table-body></fo:table></fo:flow></fo:page-sequence></fo:root>"
}' >"$tmp/high.fo"
status "a header higher than its page" 1 fo2pdf -o "$tmp/none.pdf" "$tmp/high.fo"
says "is told" 'error: content is .* too high for its place \[FO-023\]$' "$tmp/err"
fo2pdf --lenient --area-tree "$tmp/high.fo" >"$tmp/high.xml" 2>"$tmp/err"
check "and stands once" test "$(grep -o '>head<' "$tmp/high.xml" | wc -l)" = 40

# ---- faults: all of a run, each with its line ------------------------------------------------------
sed -e 's/ fox:alt-text="Two zones"//' -e 's/role="H2"/role="H3"/' -e 's/xml:lang="en" //' -e 's/zones.svg/none.svg/' \
    -e 's/https:/javascript:/' "$tmp/page.fo" >"$tmp/faults.fo"
status "faults of structure and graphics" 1 fo2pdf -o "$tmp/faults.pdf" "$tmp/faults.fo"
for fault in ':[0-9]+: error: .*\[FO-242\]$' ':[0-9]+: error: .*\[FO-240\]$' ':[0-9]+: error: .*H3 follows H1.*\[FO-245\]$' ':[0-9]+: error: cannot read the graphic .*\[FO-210\]$'; do
    says "say $fault" "$fault" "$tmp/err"
done
check "and nothing is written" test ! -e "$tmp/faults.pdf"
sed -e 's/https:/javascript:/' "$tmp/page.fo" >"$tmp/script.fo"
status "a link that runs something" 1 fo2pdf -o "$tmp/faults.pdf" "$tmp/script.fo"
says "is named" ':[0-9]+: error: .*\[FO-249\]$' "$tmp/err"
sed -e 's/ fox:alt-text="Two zones"//' "$tmp/page.fo" >"$tmp/lenient.fo"
status "--lenient warns" 0 fo2pdf --lenient -o "$tmp/lenient.pdf" "$tmp/lenient.fo"
says "of what is missing" ': warning: .*\[FO-240\]$' "$tmp/err"
status "-W error counts warnings" 1 fo2pdf --lenient -W error -o "$tmp/strict.pdf" "$tmp/lenient.fo"
# ---- scripts whose fonts are Debian packages -------------------------------------------------------
scripts='هرم חוף नमस्ते ไทย 上海 한빛'
sed -e "s/AX-1/$scripts/" "$tmp/page.fo" >"$tmp/scripts.fo"
status "Arabic, Hebrew, Devanagari, Thai, Chinese, Korean" 0 fo2pdf -o "$tmp/scripts.pdf" "$tmp/scripts.fo"
pdffonts "$tmp/scripts.pdf" >"$tmp/scripts.fonts"
for family in NotoSansArabic NotoSansHebrew NotoSansDevanagari NotoSansThai NotoSansCJK; do
    says "set in $family" "$family" "$tmp/scripts.fonts"
done
# The set without the packages, as on a machine that has none of them.
mkdir -p "$tmp/bare"
cp -r fonts/SourceSans3 "$tmp/bare/"
sed -e 's|/usr/share/fonts/\([a-z]*type/noto\)</dir>|/nowhere/\1</dir>|' fonts/fonts.conf >"$tmp/bare/fonts.conf"
status "the packages are not there" 1 fo2pdf --fonts "$tmp/bare/fonts.conf" -o "$tmp/none.pdf" "$tmp/scripts.fo"
says "and the one for Thai is named" ':[0-9]+: error: no glyph for U\+0E44 .*; its fonts are in the Debian package fonts-noto-core \[FO-021\]$' "$tmp/err"
says "and the one for Chinese" ':[0-9]+: error: no glyph for U\+4E0A .*; its fonts are in the Debian package fonts-noto-cjk \[FO-021\]$' "$tmp/err"

# The machine's configuration is neither used nor read.
echo '<fontconfig><no-such-thing/>' >"$tmp/machine.conf"
status "a machine whose fonts are not configured" 0 env FONTCONFIG_FILE="$tmp/machine.conf" fo2pdf --date 2026-03-01 -o "$tmp/machine.pdf" "$tmp/page.fo"
if [ -s "$tmp/err" ]; then fail "without a message of that" "$tmp/err"; else pass "without a message of that"; fi
check "and nothing else on the page" cmp "$tmp/page.pdf" "$tmp/machine.pdf"

# ---- the document comes in pieces ------------------------------------------------------------------
sed 's/<fo:block>Last words/<!-- in pieces --><fo:block>L<![CDATA[ast]]> w\&#111;rds/' "$tmp/page.fo" >"$tmp/pieces.fo"
check "the same, written otherwise" sh -c "fo2pdf --date 2026-03-01 -o '$tmp/pieces.pdf' '$tmp/pieces.fo' && cmp '$tmp/pieces.pdf' '$tmp/page.pdf'"
check "from a pipe" sh -c "cat '$tmp/pieces.fo' | fo2pdf --date 2026-03-01 --base '$tmp' -o '$tmp/pipe.pdf' && cmp '$tmp/pipe.pdf' '$tmp/page.pdf'"
check "from one that gives a byte at a time" sh -c "dd bs=1 if='$tmp/pieces.fo' 2>'$tmp/dd' | fo2pdf --date 2026-03-01 --base '$tmp' -o '$tmp/bytes.pdf' - && cmp '$tmp/bytes.pdf' '$tmp/page.pdf'"
status "one that ends early" 1 sh -c "head -c 3000 '$tmp/page.fo' | fo2pdf --base '$tmp' -o '$tmp/cut.pdf' -"
says "is a fault of the document" '^standard input:[0-9]+:[0-9]+: error: not well-formed XML: .*\[XML-001\]$' "$tmp/err"
check "of which nothing comes" test ! -e "$tmp/cut.pdf"

# ---- clip ------------------------------------------------------------------------------------------
# A picture of 20 by 10 points with all but its left half clipped, and one that is half as wide.
pictures()
{
    sed -e '/<fo:flow /,/<.fo:flow>/d' "$tmp/page.fo" | sed -e '/<fo:bookmark-tree>/,/<.fo:bookmark-tree>/d' -e 's/margin\([a-z-]*\)="\([0-9]*\)mm"/margin\1="\2pt"/g' -e "s|</fo:page-sequence>|<fo:flow flow-name=\"xsl-region-body\"><fo:block-container $1><fo:block line-height=\"10pt\"><fo:instream-foreign-object fox:alt-text=\"a\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"$2\" height=\"10\"><rect width=\"$2\" height=\"10\" fill=\"blue\"/></svg></fo:instream-foreign-object></fo:block></fo:block-container></fo:flow>&|" >"$tmp/clip.fo"
    fo2pdf --png --dpi 144 -o "$tmp/$3.png" "$tmp/clip.fo"
}
check "a clipped picture" pictures 'width="100pt" height="10pt" overflow="hidden" clip="rect(-5pt, 90pt, -5pt -5pt)"' 20 clipped
check "one half as wide" pictures '' 10 half
check "look the same" cmp "$tmp/clipped.png" "$tmp/half.png"
check "and a whole one" pictures '' 20 whole
check "looks otherwise" sh -c "! cmp -s '$tmp/whole.png' '$tmp/half.png'"
check "what is visible is not clipped" pictures 'overflow="visible" clip="rect(0 90pt 0 0)"' 20 visible
check "but as it was" cmp "$tmp/whole.png" "$tmp/visible.png"

status "a full device" 2 fo2pdf -o /dev/full "$tmp/page.fo"

finish
