#!/bin/sh
#SBATCH --job-name=certpress-print
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=out/slurm-print-%a.log
# One part of the job; see submit.sh.  When its node is lost Slurm starts it anew, and it goes on where it was.
set -eu

PATH=${BIN:+$BIN:}$PATH
exec certpress print --date "$DATE" --shard "$SLURM_ARRAY_TASK_ID/$PARTS" --unsealed -j "${SLURM_CPUS_PER_TASK:-1}" .
