#!/bin/sh
# submit.sh [PARTS] - prints the job on a Slurm cluster: PARTS array tasks (16), then one that seals.
#
# Run it in the job's folder (sh slurm/submit.sh 64), which all nodes must see under the same path, with
# certpress on their PATH or BIN=folder.  Only the host that runs the last task needs the key; name it with
# SEAL_OPTIONS="--nodelist=HOST" or "--constraint=hsm".  PRINT_OPTIONS goes to the array.  DATE is the moment
# of printing and sealing, now when it is not set: every part bears the same.
set -eu

parts=${1:-16}
cd "$(dirname "$0")/.."
[ -f job.xml ] || { echo "submit.sh: no job.xml beside slurm/" >&2; exit 2; }
for left in ledger.*-of-*; do
    case $left in
    "ledger.*-of-*" | ledger.*-of-"$parts") ;;
    *) echo "submit.sh: $left is of a run with other parts; finish that first: PARTS=${left##*-} sh slurm/finish.sh" >&2; exit 2 ;;
    esac
done
mkdir -p out
DATE=${DATE:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}
PARTS=$parts
export DATE PARTS
# Unquoted: options are words.
# shellcheck disable=SC2086
array=$(sbatch --parsable --export=ALL --array=1-"$parts" ${PRINT_OPTIONS:-} slurm/print.sh)
# Not afterok: what a part could not print is tried once more, and told, by the task that seals.
# shellcheck disable=SC2086
seal=$(sbatch --parsable --export=ALL --dependency=afterany:"${array%%;*}" ${SEAL_OPTIONS:-} slurm/finish.sh)
echo "printing: job $array, $parts parts; sealing: job $seal"
