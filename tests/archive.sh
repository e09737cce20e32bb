# For the tests of pdfsign and pdfcheck, after lib.sh: a small archive file through the real stages,
# and a TEST authority.
# shellcheck shell=sh
# shellcheck disable=SC2154

# make_archive FILE [STATUS]: writes a one-page archive file of a certificate with STATUS (issued).
make_archive()
{
    cat >"$tmp/base.fo" <<END
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en" font-family="Source Sans 3">
  <fo:layout-master-set>
    <fo:simple-page-master master-name="page" page-width="210mm" page-height="297mm" margin="20mm">
      <fo:region-body/>
    </fo:simple-page-master>
  </fo:layout-master-set>
  <fo:declarations>
    <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      ><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
      ><dc:title>Certificate T-1</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>
  </fo:declarations>
  <fo:page-sequence master-reference="page">
    <fo:flow flow-name="xsl-region-body">
      <fo:block role="H1">Certificate T-1</fo:block>
      <fo:block>This is to certify that a test was made.</fo:block>
    </fo:flow>
  </fo:page-sequence>
</fo:root>
END
    cat >"$tmp/base.cert.xml" <<END
<certificate xmlns="urn:certpress:cert" version="1" lang="en" status="${2:-issued}" kind="csms">
  <name>T-1</name><reference>T-1</reference><issue-date>2026-11-16</issue-date>
  <applicant><name>TEST Ltd</name><city>Dublin</city><country code="IE">Ireland</country></applicant>
  <scope><p>Tests.</p></scope>
  <criteria number="IEC 62443-2-1" edition="2010" dated="IEC 62443-2-1:2010"><title>Tests</title></criteria>
  <soa version="1" date="2026-01-01"/>
  <first-issue-date>2026-11-16</first-issue-date>
  <sites><site><name>TEST Ltd</name><city>Dublin</city><country code="IE">Ireland</country>
    <scope><p>Tests.</p></scope></site></sites>
  <controls><group code="4.2" name="Tests" selected="1" excluded="0" total="1">
    <control id="4.2.1" name="Test" applicable="yes"><justification><p>Needed.</p></justification></control>
  </group><sum selected="1" excluded="0" total="1"/></controls>
</certificate>
END
    fo2pdf --date 2026-11-16 -o "$tmp/base.pdf" "$tmp/base.fo" &&
        pdf2pdfa --cert "$tmp/base.cert.xml" --date 2026-11-16 -o "$1" "$tmp/base.pdf"
}

# make_pki: the TEST authority in $pki.
make_pki()
{
    pki=$B/test/pki
    mkdir -p "$pki"
    samples/make-pki.sh "$pki"
}

# make_authority FOLDER: a TEST authority with services on loopback: its keys in $lt, its address in $url.
make_authority()
{
    lt=$1
    mkdir -p "$lt"
    "$B/unit/responder" "$lt" 2>"$tmp/responder.err" &
    responder=$!
    trap 'kill $responder 2>/dev/null' EXIT HUP INT TERM
    for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$lt/port" ] || sleep 0.2; done
    url=http://127.0.0.1:$(cat "$lt/port")
    check "a TEST authority with services is made" tests/pki/make-pki.sh "$lt" "${url##*:}"
}

size_of() { wc -c <"$1" | tr -d ' '; }
