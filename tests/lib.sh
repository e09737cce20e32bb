# For shell tests: TAP, a scratch folder, and the questions they ask most.  Source it first:
#   . tests/lib.sh
# shellcheck shell=sh
: "${B:=$PWD/build}"
PATH=$B/bin:$PATH
name_of_test=$(basename "$0" .t)
tmp=$B/test/$name_of_test
rm -rf "$tmp"
mkdir -p "$tmp"
tests_n=0
tests_failed=0

# pass WHAT / fail WHAT [FILE...]: report a result; a failure shows the files' beginnings on stderr.
pass()
{
    tests_n=$((tests_n + 1))
    echo "ok $tests_n - $1"
}

fail()
{
    tests_n=$((tests_n + 1))
    tests_failed=$((tests_failed + 1))
    echo "not ok $tests_n - $1"
    echo "# failed: $1" >&2
    shift
    for file; do
        [ -f "$file" ] && head -c 4000 "$file" | sed "s/^/#   /" >&2
    done
}

skip()
{
    tests_n=$((tests_n + 1))
    echo "ok $tests_n - $1 # SKIP $2"
}

# check WHAT COMMAND...: passes when the command succeeds; its output is kept for a failure.
check()
{
    check_what=$1
    shift
    if "$@" >"$tmp/check.out" 2>&1; then pass "$check_what"; else fail "$check_what" "$tmp/check.out"; fi
}

# status WHAT EXPECTED COMMAND...: passes when the exit status is EXPECTED. Leaves $tmp/out and $tmp/err.
status()
{
    status_what=$1
    status_want=$2
    shift 2
    "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    if [ "$got" = "$status_want" ]; then pass "$status_what"; else fail "$status_what (exit status $got, not $status_want)" "$tmp/err"; fi
}

# says WHAT REGEXP FILE: passes when a line of FILE matches.
says()
{
    if grep -Eq -- "$2" "$3"; then pass "$1"; else fail "$1 (no line matches '$2')" "$3"; fi
}

finish()
{
    echo "1..$tests_n"
    [ "$tests_failed" -eq 0 ]
}
