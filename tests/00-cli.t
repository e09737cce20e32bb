#!/bin/sh
# The manners of every program: help, version, usage errors, files that cannot be read or written.
. tests/lib.sh

# A line of a message: FILE[:LINE[:COLUMN]] or PROGRAM, level, text; or a usage line.
message='^([^:]+(:[0-9]+(:[0-9]+)?)?: (error|warning|note): .+ \[[A-Z]+-[0-9]{3}\]|usage: .*)$'

for program in csv2rec rec2cert cert2fo fo2pdf pdf2pdfa pdfsign pdfcheck cert2xref certpress; do
    status "$program --help exits 0" 0 "$program" --help
    says "$program --help names its purpose" "^$program - " "$tmp/out"
    check "$program --help is narrow" awk 'length > 100 { bad = 1; print } END { exit bad }' "$tmp/out"
    status "$program --version exits 0" 0 "$program" --version
    says "$program --version gives one" "^$program [0-9]" "$tmp/out"
    status "$program refuses an unknown option" 2 "$program" --no-such-option
    says "$program says which" "unknown option '--no-such-option'" "$tmp/err"
    says "$program shows its usage" "^usage: $program" "$tmp/err"

    purpose=$(sed -n "1s/^$program - //p" "$tmp/out")
    "$program" --help >"$tmp/help" 2>&1
    purpose=$(sed -n "1s/^$program - //p" "$tmp/help")
    if grep -Fqx ".Nd $purpose" "src/$program/$program.1"; then
        pass "$program.1 has the same purpose line"
    else
        fail "$program.1 has the same purpose line: .Nd $purpose"
    fi
    # Every long option of --help stands in the manual page.
    missing=$(grep -o -- '--[a-z][a-z-]*' "$tmp/help" | sort -u | sed 's/^--//' | while read -r o; do
        grep -q -e "-$(printf '%s' "$o" | sed 's/-/\\\\*-/g')" "src/$program/$program.1" || echo "$o"
    done)
    if [ -z "$missing" ]; then pass "$program.1 has every option"; else fail "$program.1 lacks: $missing"; fi
    # Every message of its table stands in the manual page, or in that of the rules.
    missing=$(grep -ho '^#define [A-Z0-9_]* "[A-Z]*-[0-9]*"' "src/$program"/*messages.h | grep -o '[A-Z]*-[0-9][0-9]*' | sort -u | while read -r id; do
        grep -qs "$id" "src/$program/$program.1" src/formats/certpress-rules.7 || echo "$id"
    done)
    if [ -z "$missing" ]; then pass "$program.1 has every message"; else fail "$program.1 lacks: $missing"; fi
done

for program in rec2cert cert2fo fo2pdf pdf2pdfa pdfcheck cert2xref; do
    args=
    case $program in pdf2pdfa) args="--cert $tmp/none.xml" ;; esac
    # shellcheck disable=SC2086
    status "$program: a missing file is the set-up's fault" 2 "$program" $args "$tmp/none"
    if grep -Ev "$message" "$tmp/err" >"$tmp/odd"; then fail "$program: messages have their form" "$tmp/odd"; else pass "$program: messages have their form"; fi
    : >"$tmp/empty"
    # shellcheck disable=SC2086
    "$program" $args "$tmp/empty" >"$tmp/out" 2>"$tmp/err"
    got=$?
    if [ "$got" -ge 1 ] && [ "$got" -le 2 ] && [ -s "$tmp/err" ]; then pass "$program: an empty file is refused with a message"; else fail "$program: an empty file is refused with a message ($got)" "$tmp/err"; fi
    # shellcheck disable=SC2086
    "$program" $args "$tmp" >"$tmp/out" 2>"$tmp/err"
    got=$?
    if [ "$got" -eq 2 ] && [ ! -s "$tmp/out" ]; then pass "$program: a folder is refused"; else fail "$program: a folder is refused ($got)" "$tmp/err"; fi
done

status "certpress needs a command" 2 certpress
status "certpress refuses an unknown command" 2 certpress nonsense
status "certpress print needs a job" 2 certpress print
status "certpress print refuses a folder that is no job" 2 certpress print "$tmp"
status "certpress init makes a job" 0 certpress init "$tmp/job"
status "certpress init leaves a folder with files alone" 2 certpress init "$tmp/job"
status "the new job prints" 0 certpress print --date 2026-11-16 "$tmp/job"
check "it printed a PDF" sh -c "ls $tmp/job/out/*.pdf"

# Writing: a full disk and a closed standard output are errors, never silence.
job=samples/iecee
name=$(certpress list --names $job | head -1)
csv2rec --only "$name" $job >"$tmp/x.rec.xml" 2>/dev/null || csv2rec --only "$(certpress list $job | awk 'NR == 1 { print $2 }')" $job >"$tmp/x.rec.xml"
rec2cert --job $job "$tmp/x.rec.xml" >"$tmp/x.cert.xml"
cert2fo "$tmp/x.cert.xml" >"$tmp/x.fo"
fo2pdf --base $job --date 2026-11-16 -o "$tmp/x.pdf" "$tmp/x.fo"
full()
{
    what=$1
    shift
    "$@" >/dev/full 2>"$tmp/err"
    got=$?
    if [ "$got" -eq 2 ] && grep -q 'ENV-003' "$tmp/err"; then pass "$what: a full disk is an error"; else fail "$what: a full disk is an error ($got)" "$tmp/err"; fi
    "$@" >&- 2>"$tmp/err"
    got=$?
    if [ "$got" -eq 2 ]; then pass "$what: a closed standard output is an error"; else fail "$what: a closed standard output is an error ($got)" "$tmp/err"; fi
}
full csv2rec csv2rec $job
full rec2cert rec2cert --job $job "$tmp/x.rec.xml"
full cert2fo cert2fo "$tmp/x.cert.xml"
full fo2pdf fo2pdf --base $job "$tmp/x.fo"
full pdf2pdfa pdf2pdfa --cert "$tmp/x.cert.xml" "$tmp/x.pdf"
full "certpress list" certpress list $job
full "certpress --help" certpress --help
finish
