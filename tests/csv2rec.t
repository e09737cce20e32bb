#!/bin/sh
# csv2rec as a program: templates, choosing certificates, what it does with files that are no files,
# and long and hostile tables in bounded time.
. tests/lib.sh

for kind in iecee iecex csms; do
    mkdir "$tmp/$kind"
    status "the templates of $kind" 0 csv2rec --template "$kind" -o "$tmp/$kind"
    echo "<job xmlns='urn:certpress:job' kind='$kind'/>" >"$tmp/$kind/job.xml"
    status "the empty tables of $kind lack only certificates" 1 csv2rec "$tmp/$kind"
    sed -E 's/^.*\[([A-Z]+-[0-9]+)\]$/\1/' "$tmp/err" >"$tmp/ids"
    echo CSV-026 >"$tmp/want"
    check "and say so once ($kind)" cmp "$tmp/want" "$tmp/ids"
done
status "templates leave tables that are there alone" 2 csv2rec --template csms -o "$tmp/csms"
says "and say so" 'ENV-005' "$tmp/err"
status "templates as one text" 0 csv2rec --template csms
says "have each table's name" '^# controls\.csv$' "$tmp/out"
says "and header" '^reference,id,applicable,justification$' "$tmp/out"

status "all records of a sample" 0 csv2rec samples/csms -o "$tmp/all.rec.xml"
check "fit the schema" xmllint --noout --nonet --relaxng src/formats/rec.rng "$tmp/all.rec.xml"
for kind in iecee iecex; do
    csv2rec samples/$kind -o "$tmp/$kind.rec.xml"
    check "the records of $kind fit the schema" xmllint --noout --nonet --relaxng src/formats/rec.rng "$tmp/$kind.rec.xml"
done
reference=$(sed -n 's/.*<reference[^>]*>\([^<]*\)<.*/\1/p' "$tmp/iecex.rec.xml" | head -1)
status "one record by its reference" 0 csv2rec --only "$reference" samples/iecex
cp "$tmp/out" "$tmp/by-reference"
name=$(echo "$reference" | sed 's/[^A-Za-z0-9.-]/_/g')_issue$(sed -n 's/.*<issue[ >][^>]*>\([^<]*\)<.*/\1/p' "$tmp/by-reference" | head -1)
status "and by the name of its files" 0 csv2rec --only "$name" samples/iecex
check "are the same" cmp "$tmp/by-reference" "$tmp/out"
check "and one" test "$(grep -c '<record ' "$tmp/out")" = 1

status "the same bytes in another folder and time zone" 0 env TZ=Asia/Tokyo LC_ALL=C csv2rec samples/csms
check "are the same bytes" cmp "$tmp/all.rec.xml" "$tmp/out"

# Files that are no files.
mkdir "$tmp/odd" "$tmp/odd/certificates.csv"
echo "<job xmlns='urn:certpress:job' kind='csms'/>" >"$tmp/odd/job.xml"
status "a folder as a table" 2 csv2rec "$tmp/odd"
says "is named" 'certificates.csv.* not a regular file \[CSV-039\]' "$tmp/err"
rmdir "$tmp/odd/certificates.csv"
mkfifo "$tmp/odd/certificates.csv"
status "a pipe as a table does not hang" 2 timeout 10 csv2rec "$tmp/odd"
rm "$tmp/odd/certificates.csv"
ln -s /dev/zero "$tmp/odd/certificates.csv"
status "an endless device as a table does not hang" 2 timeout 10 csv2rec "$tmp/odd"
status "no job" 2 csv2rec "$tmp/none"
status "a file for a job" 2 csv2rec --kind csms samples/csms/job.xml
says "is named" 'CSV-001' "$tmp/err"
status "a full disk" 2 sh -c 'csv2rec samples/csms >/dev/full'

# What fails leaves no product, and no other file.
mkdir "$tmp/here"
status "a job with faults" 1 csv2rec samples/broken -o "$tmp/here/x.rec.xml"
check "leaves no file" test -z "$(ls -A "$tmp/here")"
status "a job with faults, good records asked for" 1 csv2rec --keep-going samples/broken -o "$tmp/here/x.rec.xml"
check "fit the schema" xmllint --noout --nonet --relaxng src/formats/rec.rng "$tmp/here/x.rec.xml"

# Long tables, and tables made to be slow.
head=reference,scope,criteria,soa-version,soa-date,decision-date,first-issue-date,issue-date,expiry-date,applicant-name,applicant-street,applicant-city,applicant-country
mkdir "$tmp/long"
awk -v head="$head" 'BEGIN { print head; for (i = 0; i < 100000; i++)
    printf "R-%06d,s,c,1,2026-01-01,2026-01-01,2026-01-01,2026-01-01,2029-01-01,n,s,c,NO\n", i }' >"$tmp/long/certificates.csv"
awk 'BEGIN { print "reference,id,applicable,justification"; for (i = 99999; i >= 0; i--) printf "R-%06d,1,yes,x\n", i }' >"$tmp/long/controls.csv"
status "one of 100 000 certificates, in bounded time and memory" 0 \
    sh -c "ulimit -t 60; timeout 120 csv2rec --kind csms --only R-077777 '$tmp/long'"
check "with its row" test "$(grep -c '<control ' "$tmp/out")" = 1
mkdir "$tmp/slow"
awk -v head="$head" 'BEGIN { print head; for (i = 0; i < 20000; i++) printf "R-%06d,\"s,c\n", i }' >"$tmp/slow/certificates.csv"
status "20 000 open quotes, in bounded time" 1 sh -c "ulimit -t 60; timeout 120 csv2rec --kind csms '$tmp/slow'"
awk -v head="$head" 'BEGIN { printf "%s\n\"", head; for (i = 0; i < 2000000; i++) printf "0123456789"; print "" }' >"$tmp/slow/certificates.csv"
status "a cell of 20 MB" 1 sh -c "ulimit -t 60; timeout 120 csv2rec --kind csms '$tmp/slow'"
says "is named" 'CSV-024' "$tmp/err"
rm -rf "$tmp/long" "$tmp/slow"
finish
