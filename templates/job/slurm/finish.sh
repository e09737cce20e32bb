#!/bin/sh
#SBATCH --job-name=certpress-seal
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=out/slurm-seal.log
# After all parts: joins their ledgers, prints what is missing, seals, and makes the cross-reference; see
# submit.sh.  Ends with 0 only when every certificate of the job is printed and sealed.
set -eu

PATH=${BIN:+$BIN:}$PATH
part=1
while [ "$part" -le "$PARTS" ]; do
    [ -f "ledger.$part-of-$PARTS" ] || echo "finish.sh: part $part of $PARTS left no ledger; it is printed here"
    part=$((part + 1))
done
# The job's own ledger comes last: the last line of a name counts, and what it calls issued stays.
set -- ledger.*-of-"$PARTS"
if [ -f "$1" ]; then
    [ ! -f ledger ] || set -- "$@" ledger
    cat "$@" >ledger.new
    sync ledger.new
    mv ledger.new ledger
    sync .
    rm -f ledger.*-of-"$PARTS"
fi
exec certpress print ${DATE:+--date "$DATE"} -j "${SLURM_CPUS_PER_TASK:-1}" .
