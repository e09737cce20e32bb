#!/bin/sh
# Rules as a user meets them: certpress lint and certpress rules, a body's own rules, and a job with
# sixty breaches.  (Each rule alone: tests/cases/rec2cert/rules/.)
. tests/lib.sh

breaches=tests/jobs/breaches

# ---- sixty breaches: tests/jobs/breaches/planted has their cells and ids
LC_ALL=C sort "$breaches/planted" >"$tmp/planted"
check "sixty breaches are planted" test "$(wc -l <"$tmp/planted")" = 60
status "lint finds faults" 1 certpress lint --date 2026-11-22 "$breaches"
sed -E "s|^$breaches/([^ ]*): [a-z]+: .* \[([A-Z]+-[0-9]{3})\]$|\1 \2|" "$tmp/err" | LC_ALL=C sort >"$tmp/named"
check "lint names exactly those sixty, each at its cell" diff "$tmp/planted" "$tmp/named"
check "lint prints nothing else" test ! -s "$tmp/out"
LC_ALL=C sort "$tmp/err" >"$tmp/first"
status "a second run" 1 certpress lint --date 2026-11-22 "$breaches/"
check "and says the same" sh -c "LC_ALL=C sort '$tmp/err' | cmp '$tmp/first' -"
find "$breaches" -newer "$tmp/planted" -type f >"$tmp/made"
check "lint writes no file" test ! -s "$tmp/made"

# ---- exit status
cp -R samples/iecex "$tmp/fine"
rm -rf "$tmp/fine/out" "$tmp/fine/stages" "$tmp/fine/ledger"
status "a job without fault" 0 certpress lint --date 2026-11-22 "$tmp/fine"
check "is told nothing" test ! -s "$tmp/err"
status "warnings alone" 0 certpress lint --date 2026-11-22 samples/csms
says "are told" 'warning: .*\[REC-022\]' "$tmp/err"
status "warnings as errors" 1 certpress lint -W error --date 2026-11-22 samples/csms
status "dates of deeds after the day" 1 certpress lint --date 2026-01-01 samples/csms
says "are told" 'error: .*\[REC-044\]' "$tmp/err"
status "one certificate only" 0 certpress lint --only CSMS-EXM-2026-023 --date 2026-11-22 samples/csms
check "is looked at alone" test "$(grep -c REC-022 "$tmp/err")" = 1
status "a certificate that is not there" 2 certpress lint --only CSMS-0 --date 2026-11-22 samples/csms
status "no job" 2 certpress lint "$tmp/absent"

# ---- a body's own rules: read by every program, refused whole when they have a fault
own()
{
    cat >"$tmp/fine/rules.sch" <<END
<schema xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:cp="urn:certpress:rules">
  <ns prefix="rec" uri="urn:certpress:rec"/>
  <pattern>
    <rule context="rec:record/rec:status">
      <assert id="OWN-001" role="error" cp:source="QM handbook" test="$1">the status is not the wanted one</assert>
    </rule>
  </pattern>
</schema>
END
}
sed 's|<profile href="profile.xml"/>|&<rules href="rules.sch"/>|; s|<seal [^>]*>||' samples/iecex/job.xml >"$tmp/fine/job.xml"
own ". = 'Suspended'"
status "own rules count" 1 certpress lint --date 2026-11-22 "$tmp/fine"
says "at the cell" "certificates.csv:[0-9]+:[0-9]+: error: the status is not the wanted one \(row 2, column 'status'\) \[OWN-001\]" "$tmp/err"
status "in rec2cert too" 1 sh -c "csv2rec --only 'IECEx EXB 26.0031' '$tmp/fine' | rec2cert --job '$tmp/fine'"
says "at the cell" 'OWN-001' "$tmp/err"
status "and in the list" 0 certpress rules --format csv "$tmp/fine"
says "with text and source" '^OWN-001,error,"the status is not the wanted one","QM handbook"$' "$tmp/out"
own ". = "
status "a faulty rules file is refused" 2 certpress print --date 2026-11-22 "$tmp/fine"
says "with its line" "rules.sch:5: error: '. = ' is not XPath 1.0: .* \[RULES-009\]" "$tmp/err"
check "before anything is printed" sh -c "test ! -s '$tmp/out' && test -z \"\$(find '$tmp/fine' -name '*.pdf' -path '*/out/*')\""

# ---- the list and the manual page
status "certpress rules" 0 certpress rules
says "gives id, level and text" '^IECEE-004 +error +' "$tmp/out"
status "as CSV" 0 certpress rules --format csv
check "no id twice" test -z "$(cut -d, -f1 "$tmp/out" | sort | uniq -d)"
check "four columns on every line" sh -c "! grep -Ev '^(id,level,text,source|[A-Z]+-[0-9]{3},(error|warning),\"([^\"]|\"\")+\",\"([^\"]|\"\")+\")$' '$tmp/out'"
certpress rules --format manual -o "$tmp/certpress-rules.7"
check "certpress-rules(7) is what certpress rules writes" diff src/formats/certpress-rules.7 "$tmp/certpress-rules.7"
status "an unknown format" 2 certpress rules --format html
finish
