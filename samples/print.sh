#!/bin/sh
# print.sh BIN - prints and seals the samples into samples/*/out with the programs in the folder BIN.
#
# The seals are those of a throw-away TEST authority, made in samples/pki when it is not there: they
# prove nothing.  DATE=YYYY-MM-DD in the environment is the moment of printing and sealing.
# Ends with 1 when a sample could not be printed, with 2 when the set-up is at fault.
set -u

[ $# = 1 ] || { echo "usage: $0 BIN" >&2; exit 2; }
samples=$(dirname "$0")
worst=0
"$samples/make-pki.sh" "$samples/pki" || exit 2
for job in iecee iecex csms; do
    "$1/certpress" print ${DATE:+--date "$DATE"} "$samples/$job"
    status=$?
    [ "$status" -le "$worst" ] || worst=$status
done
exit "$worst"
