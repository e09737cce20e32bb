#!/bin/sh
# A document is set again on every save: fo2pdf --watch, certpress watch.
. tests/lib.sh

# start COMMAND...: in the background; its lines in $tmp/lines, its messages in $tmp/messages.
start()
{
    : >"$tmp/lines"
    "$@" >"$tmp/lines" 2>"$tmp/messages" &
    started=$!
}

# comes WHAT N LINE: passes when line N of the program is LINE, within half a minute.
comes()
{
    waited=0
    while [ "$(wc -l <"$tmp/lines")" -lt "$2" ] && [ "$waited" -lt 300 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    if [ "$(sed -n "$2p" "$tmp/lines")" = "$3" ]; then pass "$1"; else fail "$1" "$tmp/lines" "$tmp/messages"; fi
}

# ends WHAT: passes when the program ends with 0 on a signal. (The shell keeps SIGINT from what runs in
# the background; SIGTERM is taken alike.)
ends()
{
    kill -TERM "$started"
    if wait "$started"; then pass "$1"; else fail "$1" "$tmp/messages"; fi
}

# ---- fo2pdf --watch ------------------------------------------------------------------------------
fo=$tmp/page.fo
pdf=$tmp/page.pdf
cat >"$fo" <<'FO'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" xml:lang="en">
<fo:layout-master-set><fo:simple-page-master master-name="p" page-width="100mm" page-height="50mm">
<fo:region-body/></fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="p"><fo:title>one</fo:title><fo:flow flow-name="xsl-region-body">
<fo:block>first <fo:external-graphic src="url('mark.svg')" fox:alt-text="a mark"/></fo:block>
</fo:flow></fo:page-sequence></fo:root>
FO
echo '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>' >"$tmp/mark.svg"

start fo2pdf --watch --date 2026-03-01 -o "$pdf" "$fo"
comes "a document is set when watching begins" 1 "set: $pdf"
cp "$pdf" "$tmp/before.pdf"
sed 's/first/second/' "$fo" >"$tmp/new"
mv "$tmp/new" "$fo"
comes "and when another is moved over it" 2 "set: $pdf"
check "as it is then" sh -c "pdftotext '$pdf' - | grep second"
cp "$pdf" "$tmp/before.pdf"
sed -i 's/width="9"/width="7"/' "$tmp/mark.svg"
comes "and when a graphic in it is saved" 3 "set: $pdf"
check "as that is then" sh -c "! cmp -s '$pdf' '$tmp/before.pdf'"
cp "$pdf" "$tmp/before.pdf"
cp "$fo" "$tmp/good.fo"
echo '<fo:root' >"$fo"
comes "a fault is told" 4 "not set: $pdf"
says "with its line" 'page.fo:[0-9]+:[0-9]+: error: ' "$tmp/messages"
check "and leaves the last product" cmp "$pdf" "$tmp/before.pdf"
cp "$tmp/good.fo" "$fo"
comes "mended, the document is set again" 5 "set: $pdf"
ends "an interruption ends it well"
check "nothing else is left" test "$(find "$tmp" -name 'page.pdf*' | wc -l)" = 1
status "a product on standard output cannot be watched" 2 fo2pdf --watch "$fo"
says "and is refused" 'FO-266' "$tmp/err"
status "nor can standard input" 2 fo2pdf --watch -o "$pdf" -
status "nor a folder that there is not" 2 fo2pdf --watch -o "$pdf" "$tmp/none/x.fo"
says "which is told" 'ENV-009' "$tmp/err"

# ---- certpress watch -----------------------------------------------------------------------------
cp -r samples/csms "$tmp/job"
rm -rf "$tmp/job/out" "$tmp/job/ledger" "$tmp/job/stages"
name=$(certpress list --names "$tmp/job" 2>/dev/null | head -n 1)
pdf=$tmp/job/$name.pdf
start certpress watch --date 2026-03-01 -o "$pdf" "$tmp/job" "$name"
comes "a certificate is printed when watching begins" 1 "printed: $pdf"
check "without a seal" sh -c "! grep -a /ByteRange '$pdf'"
cp "$pdf" "$tmp/before.pdf"
cp "$tmp/job/certificates.csv" "$tmp/good.csv"
sed 's/,/;/' "$tmp/good.csv" >"$tmp/job/certificates.csv"
comes "and when its table is saved; a fault is told" 2 "not printed: $pdf"
check "and leaves the last product" cmp "$pdf" "$tmp/before.pdf"
cp "$tmp/good.csv" "$tmp/job/certificates.csv"
comes "mended, it is printed again" 3 "printed: $pdf"
touch "$tmp/job/profile.xml"
comes "and when the profile is saved" 4 "printed: $pdf"
ends "an interruption ends it well"
check "its own writing is no save" test "$(wc -l <"$tmp/lines")" = 4
check "the job has no new folder" test ! -e "$tmp/job/out"
start certpress watch -o "$pdf" "$tmp/job" NOBODY
comes "a name that the job does not have is told" 1 "not printed: $pdf"
says "as such" 'PRESS-011' "$tmp/messages"
ends "and waited for"
status "a job without a name is a fault of usage" 2 certpress watch "$tmp/job"

finish
