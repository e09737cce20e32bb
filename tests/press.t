#!/bin/sh
# The press under everything that can go wrong with a batch: killed, out of space, out of time, twice
# at once, with a damaged ledger.  PRESS_N documents (300) are printed over and over; PRESS_FULL=1 is
# 2,000 documents and 50 kills.
. tests/lib.sh

: "${PRESS_FULL:=}"
n=${PRESS_N:-$([ -n "$PRESS_FULL" ] && echo 2000 || echo 300)}
kills=${PRESS_KILLS:-$([ -n "$PRESS_FULL" ] && echo 50 || echo 12)}
pki=$tmp/pki
unset SOURCE_DATE_EPOCH
samples/make-pki.sh "$pki" >"$tmp/out" 2>&1 || fail "the test authority" "$tmp/out"

# make_job FOLDER N: a job of N certificates, issued and sealed.
make_job()
{
    certpress init "$1" || exit 2
    for table in certificates levels components sites; do
        awk -v n="$2" 'NR == 1 { print; next }
            { body[++lines] = $0 }
            END {
                for (i = 1; i <= n; i++)
                    for (j = 1; j <= lines; j++) {
                        line = body[j]
                        sub(/^XX-EXA-0001,/, sprintf("XX-EXA-%06d,", i), line)
                        sub(/firmware 1\.0/, "firmware 1." i, line)
                        print line
                    }
            }' "$1/$table.csv" >"$tmp/table" && cp "$tmp/table" "$1/$table.csv"
    done
    sed -i -e 's/<!-- \(<profile .*\/>\) -->/\1/' -e "s|<!-- <seal .*/> -->|<seal key=\"$pki/seal.p12\" passphrase-file=\"$pki/seal.pass\"/>|" "$1/job.xml"
    sed -i 's/<country>XX</<country>IE</' "$1/profile.xml"
}

# press JOB [OPTION...]: one run; leaves $tmp/out and $tmp/err, and its status in $got.
press()
{
    press_job=$1
    shift
    certpress print --date 2026-11-16 --progress 0 "$@" "$press_job" >"$tmp/out" 2>"$tmp/err"
    got=$?
}

# start OPTION...: a run in the background, which has printed its first documents; its number in $pid.
start()
{
    : >"$tmp/out"
    certpress print --date 2026-11-16 "$@" "$job" >"$tmp/out" 2>"$tmp/err" &
    pid=$!
    tries=0
    while [ ! -s "$tmp/out" ] && [ "$tries" -lt 500 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
}

# sums JOB: the documents' SHA-256 sums on standard output.
sums()
{
    (cd "$1/out" && sha256sum ./*.pdf)
}

# fresh: the job as if it had never been printed.
fresh()
{
    rm -rf "$job/out" "$job/ledger"
}

# is_complete WHAT: passes when the job's documents are those of the undisturbed run, each once in the ledger,
# and nothing is left over.
is_complete()
{
    sums "$job" >"$tmp/sums"
    find "$job/out" ! -name '*.pdf' ! -name results.csv -type f >"$tmp/left"
    grep -c '^[^#]' "$job/ledger" >"$tmp/entries"
    if cmp -s "$tmp/sums" "$tmp/undisturbed" && [ ! -s "$tmp/left" ] && [ "$(cat "$tmp/entries")" = "$n" ]; then
        pass "$1"
    else
        diff "$tmp/undisturbed" "$tmp/sums" >"$tmp/diff"
        fail "$1" "$tmp/left" "$tmp/diff" "$tmp/entries" "$tmp/err"
    fi
}

# is WHAT EXPECTED: the last run's status.
is()
{
    if [ "$got" = "$2" ]; then pass "$1"; else fail "$1 (exit status $got, not $2)" "$tmp/err"; fi
}

# ---- what is printed, whoever prints it ---------------------------------------------------------
job=$tmp/job
make_job "$job" "$n"
press "$job" --dry-run
is "a dry run" 0
check "tells each document and why" test "$(grep -c ': new$' "$tmp/out")" = "$n"
check "and writes nothing" test ! -e "$job/out" -a ! -e "$job/ledger"

press "$job" -j 1
is "one worker" 0
check "names each document" test "$(wc -l <"$tmp/out")" = "$n"
sums "$job" >"$tmp/undisturbed"
cp "$tmp/out" "$tmp/names"
cut -d' ' -f2- "$job/ledger" >"$tmp/ledger"
cut -d, -f1-5 "$job/out/results.csv" >"$tmp/results"
is_complete "prints all"
check "the results have a row each" test "$(grep -c ',printed,out/.*,[0-9a-f]\{64\},' "$job/out/results.csv")" = "$n"
sed -n 's/^[0-9]*,[^,]*,printed,out\/\([^,]*\),\([0-9a-f]*\),.*/\2  .\/\1/p' "$job/out/results.csv" | sort -k2 >"$tmp/told"
check "with the documents' sums" cmp "$tmp/told" "$tmp/undisturbed"
fresh
press "$job" -j 3
is_complete "three workers print the same bytes"
check "in the same order" cmp "$tmp/names" "$tmp/out"
cut -d' ' -f2- "$job/ledger" >"$tmp/ledger.three"
check "and note the same" cmp "$tmp/ledger" "$tmp/ledger.three"
cut -d, -f1-5 "$job/out/results.csv" >"$tmp/results.three"
check "with the same results" cmp "$tmp/results" "$tmp/results.three"
press "$job"
is "a second run" 0
check "prints nothing" test ! -s "$tmp/out"
is_complete "and changes nothing"

# ---- killed --------------------------------------------------------------------------------------
fresh
: >"$tmp/killed.err"
i=0
finished=0
on_their_way=0
seed=1
while [ "$i" -lt "$kills" ]; do
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    certpress print -j 2 --date 2026-11-16 --progress 0 "$job" >"$tmp/out" 2>>"$tmp/killed.err" &
    pid=$!
    sleep "$(awk -v s="$seed" -v n="$n" 'BEGIN { printf "%.3f", 0.15 + s / 2147483648 * (0.35 + n / 4000) }')"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    [ $? -eq 137 ] || finished=$((finished + 1))
    if [ "$finished" -eq 0 ] && [ -s "$job/ledger" ]; then on_their_way=$((on_their_way + 1)); fi
    i=$((i + 1))
    # The lot begins anew when it was done before the last kill.
    if [ "$finished" -gt 0 ]; then
        is_complete "killed $i times, the batch is complete"
        fresh
        finished=0
    fi
done
check "documents were on their way when it was killed" test "$on_their_way" -gt 0
press "$job"
is "the run after $kills kills" 0
is_complete "completes the batch"
check "no run was refused because a killed one was in the way" test "$(grep -c PRESS-017 "$tmp/killed.err")" = 0

# between ledger and name: what a power cut leaves
fresh
press "$job"
mv "$job/out/XX-EXA-000002.pdf" "$job/out/.XX-EXA-000002.pdf.new"
head -c 5000 "$job/out/XX-EXA-000003.pdf" >"$job/out/.XX-EXA-000003.pdf.new"
press "$job"
is "a finished document without its name, and half a document" 0
says "the first gets its name" 'XX-EXA-000002.*PRESS-029' "$tmp/err"
is_complete "the second is removed"

# ---- a worker ------------------------------------------------------------------------------------
# one_worker WHAT SIGNAL OPTIONS: sends SIGNAL to one worker in the middle of a run.
one_worker()
{
    worker_what=$1
    worker_signal=$2
    shift 2
    fresh
    start -j 2 --progress 0 "$@"
    worker=$(pgrep -P "$pid" | head -1)
    kill -"$worker_signal" "$worker"
    wait "$pid"
    got=$?
    is "$worker_what" 1
}
one_worker "a worker that is killed costs its record" KILL
says "which is named with its cell and stage" "^$job/certificates.csv:[0-9]+:1: error: not printed: the worker was ended by signal 9 .* in stage '.*'; the others go on \(row [0-9]+, column 'reference'\) \[PRESS-024\]" "$tmp/err"
check "and nothing else" test "$(grep -c ',failed,' "$job/out/results.csv"):$(grep -c ',printed,' "$job/out/results.csv")" = "1:$((n - 1))"
press "$job"
is_complete "the next run prints it"
one_worker "a worker that hangs costs its record" STOP --timeout 2
says "which is named" 'row [0-9]+, column .reference.\) \[PRESS-026\]' "$tmp/err"
check "and nothing else" test "$(grep -c ',failed,' "$job/out/results.csv"):$(grep -c ',printed,' "$job/out/results.csv")" = "1:$((n - 1))"
press "$job"
is_complete "the next run prints it"
if ! ldd "$B/bin/certpress" | grep -q asan; then
    fresh
    press "$job" --memory 1
    check "without memory the run goes on" grep -q ' 0 printed, .* failed' "$tmp/err"
    check "and every record is named" test "$(grep -c '(row [0-9]*, column .reference.) .[A-Z]*-[0-9]*.$' "$tmp/err")" = "$n"
    check "and nothing is left" test -z "$(find "$job/out" -name '*.pdf*')"
    press "$job"
    is_complete "with memory all is"
fi

# ---- interrupted ---------------------------------------------------------------------------------
fresh
start -j 2 --progress 0
kill -TERM "$pid"
wait "$pid"
got=$?
is "an interrupted run ends with status 2" 2
says "and says how to go on" 'run again.*PRESS-027' "$tmp/err"
printed=$(find "$job/out" -name '*.pdf' | wc -l)
check "what it named is there, whole, and nothing else" test "$printed" = "$(wc -l <"$tmp/out")" -a "$printed" -lt "$n" -a -z "$(find "$job/out" -name '.*')"
press "$job"
is_complete "the next run prints the rest"

# ---- out of space --------------------------------------------------------------------------------
small=$tmp/small
mkdir "$small"
fresh
# Room for the tables and for a few documents.
if mount -t tmpfs -o size="$(($(du -sk "$job" | cut -f1) + 1536))k" tmpfs "$small" 2>/dev/null; then
    cp -R "$job" "$small/job"
    whole=$job
    job=$small/job
    press "$job"
    is "a full disk stops the run with status 2" 2
    says "and says how to go on" 'run again.*PRESS-028' "$tmp/err"
    check "and not of every document" test "$(grep -c ENV-003 "$tmp/err")" -lt 10
    check "no document is half-made" test -z "$(find "$job/out" -name '.*.pdf.new')"
    for pdf in "$job"/out/*.pdf; do
        qpdf --check "$pdf" >/dev/null 2>&1 || echo "$pdf" >>"$tmp/broken"
    done
    check "all that is there is whole" test ! -s "$tmp/broken"
    press "$job"
    is "it stays stopped while the disk is full" 2
    mount -o remount,size=100% "$small"
    press "$job"
    is "with space the run ends well" 0
    is_complete "and the batch is complete"
    umount "$small"
    job=$whole
else
    skip "a full disk" "no tmpfs can be mounted here"
fi
fresh
: >"$job/out"
press "$job"
is "a folder that cannot be made" 2
check "leaves no ledger" test ! -e "$job/ledger"
rm "$job/out"

# ---- two at once ---------------------------------------------------------------------------------
press "$job"
flock -o "$job/ledger" sleep 6 &
held=$!
sleep 0.3
press "$job"
is "a second run at the same time is refused" 2
says "and told why" 'another run.*PRESS-017' "$tmp/err"
press "$job" --dry-run
is "but may look" 0
kill "$held" 2>/dev/null
wait "$held" 2>/dev/null
sleep 0.1

# ---- a damaged ledger ----------------------------------------------------------------------------
cp "$job/ledger" "$tmp/ledger.good"
tail -1 "$tmp/ledger.good" | head -c 100 >>"$job/ledger"
press "$job"
is "a ledger whose last line was cut off" 0
says "is mended with a warning" 'PRESS-020' "$tmp/err"
check "to what it was" cmp "$tmp/ledger.good" "$job/ledger"
head -c 4096 /dev/zero >>"$job/ledger"
press "$job"
check "so are the zeros that a power cut leaves" cmp "$tmp/ledger.good" "$job/ledger"
sed -i '5s/record=/recrod=/' "$job/ledger"
press "$job"
is "a damaged line stops the run" 2
says "and is named" "^$job/ledger:5: .*PRESS-019" "$tmp/err"
cp "$tmp/ledger.good" "$job/ledger"
sed '$s/^20../2099/' "$tmp/ledger.good" >"$job/ledger"
certpress print "$job" >"$tmp/out" 2>"$tmp/err"
got=$?
is "a clock behind the ledger stops the run" 2
says "and says what to do" 'PRESS-022' "$tmp/err"
press "$job"
is "unless the date is given" 0
rm "$job/ledger"
press "$job"
is "a ledger that was lost" 0
is_complete "is made anew from the documents"
cp "$tmp/ledger.good" "$job/ledger"

# ---- what is issued stays ------------------------------------------------------------------------
sed '/^XX-EXA-000004,/s/firmware 1\.4/firmware 9.9/' "$job/certificates.csv" >"$tmp/edited"
cp "$job/certificates.csv" "$tmp/certificates.good"
cp "$tmp/edited" "$job/certificates.csv"
press "$job"
is "a changed record of an issued certificate is refused" 1
says "told to be a re-issue, with its cell" "certificates.csv:[0-9]+:1: error: .*000004.* re-issue.*\(row [0-9]+, column 'reference'\) \[PRESS-014\]" "$tmp/err"
is_complete "and its document stays"
rm "$job/ledger"
press "$job"
is "also when the ledger was lost" 1
cp "$tmp/ledger.good" "$job/ledger"
cp "$tmp/certificates.good" "$job/certificates.csv"
sed -i.good 's/<position>/<position>Deputy /' "$job/profile.xml"
press "$job" --again
is "another profile prints nothing that is issued, not even when asked for" 0
is_complete "the documents stay"
mv "$job/out/XX-EXA-000005.pdf" "$tmp/kept.pdf"
press "$job"
is "an issued document that was lost is not printed without a word" 1
says "but missed" "000005.*PRESS-015" "$tmp/err"
press "$job" --again --only XX-EXA-000005
is "it is printed when asked for" 0
check "and noted once more" test "$(grep -c ' issued XX-EXA-000005 ' "$job/ledger")" = 2
cp "$tmp/kept.pdf" "$job/out/XX-EXA-000005.pdf"
cp "$tmp/ledger.good" "$job/ledger"
mv "$job/profile.xml.good" "$job/profile.xml"

# ---- drafts --------------------------------------------------------------------------------------
draft=$tmp/draft
make_job "$draft" 3
sed -i '/<seal /d' "$draft/job.xml"
press "$draft"
is "an unsealed job" 0
sed -i '/^XX-EXA-000002,/s/firmware 1\.2/firmware 9.9/' "$draft/certificates.csv"
press "$draft" --dry-run
check "tells what changed" grep -q '000002.pdf: the record changed$' "$tmp/out"
press "$draft"
check "a changed record prints its draft anew" test "$(cat "$tmp/out")" = "$draft/out/XX-EXA-000002.pdf"
echo '<!-- changed -->' >>"$draft/profile.xml"
press "$draft" --dry-run
check "another profile prints all drafts anew" test "$(grep -c 'profile changed$' "$tmp/out")" = 3
press "$draft"
press "$draft" --again --only XX-EXA-000003
check "so does asking for it" test "$(cat "$tmp/out")" = "$draft/out/XX-EXA-000003.pdf"
sed -i "s|</job>|<seal key=\"$pki/seal.p12\" passphrase-file=\"$pki/seal.pass\"/></job>|" "$draft/job.xml"
press "$draft"
check "a seal issues them" test "$(grep -c ' issued ' "$draft/ledger")" = 3
rm "$draft/out/XX-EXA-000001.pdf"
sed -i '/<seal /s/<seal [^>]*>//; / issued XX-EXA-000001 /d' "$draft/job.xml" "$draft/ledger"
echo 'a letter' >"$draft/out/XX-EXA-000001.pdf"
press "$draft"
is "a file that is no document of ours" 1
says "is told" 'PRESS-016' "$tmp/err"
check "and left alone" grep -q 'a letter' "$draft/out/XX-EXA-000001.pdf"

# ---- which, and how it is told ------------------------------------------------------------------
choice=$tmp/choice
make_job "$choice" 4
press "$choice" --only XX-EXA-000002 --only XX-EXA-000004
check "--only" test "$(wc -l <"$tmp/out")" = 2
press "$choice" --only XX-EXA-000009
is "--only with a name that the job has not" 2
press "$choice" --kind csms
check "--kind of another job" test ! -s "$tmp/out"
press "$choice" --kind iece
is "--kind that there is not" 2
press "$choice" --since 2098-01-01
check "--since a later day" test ! -s "$tmp/out"
press "$choice" --since 2001-01-01 --json
check "--since an earlier day, --json: a line each" test "$(grep -c '^{"row":.*"outcome":"[a-z]*".*"messages":\[.*\]}$' "$tmp/out")" = 4
sed -i '/^XX-EXA-000003,/s/IEC 62443/IEC 92443/' "$choice/certificates.csv"
press "$choice" --json
check "--json has the messages" grep -q '"name":"XX-EXA-000003","outcome":"failed".*"id":"[A-Z]*-[0-9]*".*"line":.*"row":4' "$tmp/out"
press "$choice"
says "what was not printed is told once more at the end" "^ +[0-9]+  XX-EXA-000003 +failed +.* \[[A-Z]+-[0-9]+\]$" "$tmp/err"
press "$choice" --json
if command -v python3 >/dev/null; then
    check "and is JSON" python3 -c 'import json, sys
for line in open(sys.argv[1], encoding="utf-8"): json.loads(line)' "$tmp/out"
else
    skip "and is JSON" "no python3"
fi
fresh
# Held for longer than the second after which something is told.
start --progress 1
kill -STOP "$pid"
sleep 1.2
kill -CONT "$pid"
wait "$pid"
if [ "$n" -ge 300 ]; then says "progress is told" "^certpress: [0-9]+ of $n done, [0-9.]+ a second" "$tmp/err"; fi
if command -v script >/dev/null; then
    fresh
    script -qec "certpress print --date 2026-11-16 '$job'" "$tmp/typescript" >/dev/null 2>&1 </dev/null
    says "on a terminal by a bar" "\[=* *\] [0-9]+ of $n done" "$tmp/typescript"
else
    skip "on a terminal by a bar" "no script"
fi
is_complete "and all is as before"

# ---- memory --------------------------------------------------------------------------------------
if [ -n "$PRESS_FULL" ] && [ -x /usr/bin/time ]; then
    : >"$tmp/memory"
    for m in 1000 10000; do
        make_job "$tmp/m$m" $m
        /usr/bin/time -f %M -a -o "$tmp/memory" certpress print --date 2026-11-16 --progress 0 "$tmp/m$m" >/dev/null 2>"$tmp/err"
    done
    # shellcheck disable=SC2016
    check "memory is flat from 1,000 to 10,000 records ($(tr '\n' ' ' <"$tmp/memory")KiB)" awk '{ m[NR] = $1 } END { exit m[2] > m[1] * 1.2 }' "$tmp/memory"
fi
finish
