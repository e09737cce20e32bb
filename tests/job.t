#!/bin/sh
# The Makefile of a job (templates/job): make prints what changed and nothing else, stops at any joint,
# and leaves nothing half-made.
. tests/lib.sh

# A data folder and a job of its own, both with a blank in the path, so that they can be touched.
data="$tmp/installed data"
job="$tmp/a job"
mkdir -p "$data"
cp -R xsl templates fonts "$data"
mkdir -p "$data/formats" && cp src/formats/*.rng "$data/formats"
CERTPRESS_DATA=$data
export CERTPRESS_DATA

# in_job GOAL...: make in the job; its output to $tmp/out and $tmp/err, the names printed to $tmp/names.
in_job()
{
    (cd "$job" && make --no-print-directory DATE=2026-11-16 "$@") >"$tmp/out" 2>"$tmp/err"
    made=$?
    sed -n 's|.*out/\(.*\)\.pdf$|\1|p' "$tmp/out" | LC_ALL=C sort | tr '\n' ' ' >"$tmp/names"
    return "$made"
}

# printed WHAT NAMES [GOAL...]: passes when make succeeds and prints just NAMES (each followed by a blank).
printed()
{
    what=$1 names=$2
    shift 2
    if in_job "$@" && [ "$(cat "$tmp/names")" = "$names" ]; then
        pass "$what"
    else
        echo "printed: $(cat "$tmp/names"); wanted: $names" >>"$tmp/err"
        fail "$what" "$tmp/out" "$tmp/err"
    fi
}

# row REFERENCE [COVERAGE]: another certificate like the example's, at the end of all tables.
row()
{
    for table in certificates levels components sites; do
        awk -v new="$1" 'NR > 1 && /^XX-EXA-0001,/ { on = 1 } /^XX-EXA-000[2-9],/ { on = 0 }
            NR > 1 && on { sub(/^XX-EXA-0001,/, new ","); print }' "$job/$table.csv" >"$tmp/rows"
        cat "$tmp/rows" >>"$job/$table.csv"
    done
}

status "certpress init makes a job" 0 certpress init "$job"
printed "the new job prints its example as it stands" "XX-EXA-0001 "
pdftotext "$job/out/XX-EXA-0001.pdf" "$tmp/text" 2>"$tmp/err"
says "as a specimen" '[Ss]pecimen|SPECIMEN' "$tmp/text"
printed "make again prints nothing" ""
check "and says nothing" test ! -s "$tmp/out"

row XX-EXA-0002
row XX-EXA-0003
printed "new rows are printed, the old one is not" "XX-EXA-0002 XX-EXA-0003 "

awk '/^XX-EXA-0002,/ { sub(/firmware 1\.0/, "firmware 1.1") } { print }' "$job/certificates.csv" >"$tmp/edited"
cmp -s "$tmp/edited" "$job/certificates.csv" && fail "the edit of the test changes something"
cp "$tmp/edited" "$job/certificates.csv"
printed "one changed cell prints one certificate" "XX-EXA-0002 "

awk -F, '!done && $1 == "XX-EXA-0003" && $3 == "FR 3" { sub(/,[0-9]+,0,/, ",15,0,"); done = 1 } { print }' "$job/levels.csv" >"$tmp/edited"
cmp -s "$tmp/edited" "$job/levels.csv" && fail "the edit of the test changes something"
cp "$tmp/edited" "$job/levels.csv"
printed "a cell of a further table prints the certificate it belongs to" "XX-EXA-0003 "

touch "$job/certificates.csv" "$job/levels.csv"
printed "a table that was only touched prints nothing" ""

touch "$data/xsl/iecee.xsl"
printed "a stylesheet that was only touched prints nothing" ""
echo '<!-- changed -->' >>"$data/xsl/iecee.xsl"
printed "a stylesheet prints all" "XX-EXA-0001 XX-EXA-0002 XX-EXA-0003 "
echo '<!-- changed -->' >>"$data/templates/iecee/wording.en.xml"
printed "a wording prints all" "XX-EXA-0001 XX-EXA-0002 XX-EXA-0003 "
echo >>"$data/templates/job/certificates.csv"
printed "the skeleton of new jobs prints nothing" ""

# ---- the joints -----------------------------------------------------------------------------
check "a goal in stages/ stops at its joint" in_job stages/XX-EXA-0001.fo
check "with everything before it" test -s "$job/stages/XX-EXA-0001.rec.xml" -a -s "$job/stages/XX-EXA-0001.cert.xml" -a -s "$job/stages/XX-EXA-0001.fo"
check "and nothing after it" test ! -e "$job/stages/XX-EXA-0001.pdf"
check "and nothing of another certificate" test ! -e "$job/stages/XX-EXA-0002.rec.xml"

cp -p "$job/stages/XX-EXA-0001.fo" "$tmp/before.fo"
awk '/^XX-EXA-0002,/ { sub(/firmware 1\.1/, "firmware 1.2") } { print }' "$job/certificates.csv" >"$tmp/edited"
cp "$tmp/edited" "$job/certificates.csv"
check "another row changes, the joint is asked for again" in_job stages/XX-EXA-0001.fo
check "make stops at the record that says the same" \
    test -z "$(find "$job/stages" \( -name '*.rec.xml' -o -name '*.cert.xml' -o -name '*.fo' \) -newer "$tmp/before.fo")"
awk '/^XX-EXA-0001,/ { sub(/firmware 1\.0/, "firmware 1.9") } { print }' "$job/certificates.csv" >"$tmp/edited"
cp "$tmp/edited" "$job/certificates.csv"
check "its own row changes" in_job stages/XX-EXA-0001.fo
says "and the joint has the new text" 'firmware 1\.9' "$job/stages/XX-EXA-0001.fo"
check "all joints of all certificates" in_job stages
check "reach the archive file" test -s "$job/stages/XX-EXA-0001.a3.pdf" -a -s "$job/stages/XX-EXA-0003.a3.pdf"
printed "make after that prints what changed meanwhile" "XX-EXA-0001 XX-EXA-0002 "
check "what the joints give is what is printed, byte by byte" cmp "$job/stages/XX-EXA-0003.a3.pdf" "$job/out/XX-EXA-0003.pdf"

in_job stages/XX-EXA-0009.fo
check "a name that the job has not is a fault" test "$made" -eq 2
says "and is named" 'XX-EXA-0009' "$tmp/err"
check "and leaves no file behind" test -z "$(find "$job/stages" -name 'XX-EXA-0009*')"

# ---- faults ---------------------------------------------------------------------------------
cp -p "$job/certificates.csv" "$tmp/good.csv"
awk '/^XX-EXA-0002,/ { sub(/firmware 1\.2/, "firmware 2.0") }
    /^XX-EXA-0003,/ { sub(/IEC 62443-4-2:2019/, "IEC 62443-4-2:2091") } { print }' "$tmp/good.csv" >"$job/certificates.csv"
in_job
if [ "$made" -eq 2 ] && [ "$(cat "$tmp/names")" = "XX-EXA-0002 " ]; then
    pass "a faulty row fails make, the good one is printed"
else
    fail "a faulty row fails make, the good one is printed" "$tmp/out" "$tmp/err"
fi
says "the faulty cell is named" 'certificates\.csv:[0-9]+:[0-9]+: error: .*2091' "$tmp/err"
echo '<!-- changed again -->' >>"$data/xsl/iecee.xsl"
in_job
check "with a new stylesheet the good ones are printed once" test "$(cat "$tmp/names")" = "XX-EXA-0001 XX-EXA-0002 "
in_job
check "and not again, but the fault stays a fault" test "$made" -eq 2 -a ! -s "$tmp/names"
cp "$tmp/good.csv" "$job/certificates.csv"
printed "the fault is mended; what had been printed rightly is not printed again" "XX-EXA-0002 XX-EXA-0003 "

check "make clean" in_job clean
check "removes stages" test ! -e "$job/stages"
check "and keeps what was printed" test -s "$job/out/XX-EXA-0001.pdf"
printed "make after it prints nothing again" ""

# ---- a sample: several kinds of tables, attached files, a cross-reference ---------------------------
mkdir -p "$tmp/tree/samples" "$tmp/tree/templates"
cp -R samples/iecex "$tmp/tree/samples"
cp -R templates/job "$tmp/tree/templates"
job=$tmp/tree/samples/iecex
rm -rf "$job/out" "$job/ledger" "$job/stages"
sed -i '/<seal /d' "$job/job.xml"
all="IECEx_EXB_26.0012X_issue2 IECEx_EXB_26.0031_issue0 IECEx_EXB_26.0033U_issue0 IECEx_EXB_26.0040_issue0 extr-cross-reference "
printed "a sample is printed by the same Makefile" "$all"
check "all joints in parallel" in_job -j2 stages
for name in $all; do
    check "$name: the joints give what is printed" cmp "$job/stages/$name.a3.pdf" "$job/out/$name.pdf"
done
touch "$job/annexes/XX-EXA-0428.pdf"
printed "an attached file that was only touched prints nothing" ""
printf '%% another\n' >>"$job/annexes/XX-EXA-0428.pdf"
printed "an attached file that changed prints its certificate and what cites it" \
    "IECEx_EXB_26.0012X_issue2 extr-cross-reference "

job="$tmp/a job"
PATH=/usr/bin:/bin
printed "BIN= names the programs' folder" "" BIN="$B/bin"
in_job stages/printed
check "without them make says what is missing" test "$made" -eq 2
says "in words" 'certpress is not found' "$tmp/err"
finish
