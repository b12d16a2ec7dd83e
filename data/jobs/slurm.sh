#!/bin/bash
# An array job: one shard a task, one thread each. From the root of a checkout that is built:
#   dotnet build -c Release lib/NotebookHost
#   sbatch --array=0-15 data/jobs/slurm.sh digits-cluttered 0-9
#   lib/NotebookHost/bin/Release/net10.0/attention experiment report      # when all are done
# A task that was ended and starts again goes on where it stopped: rows and checkpoints are kept.
#SBATCH --job-name=attention
#SBATCH --cpus-per-task=1
#SBATCH --mem=3G
#SBATCH --time=06:00:00
#SBATCH --requeue
set -euo pipefail
id=${1:?which experiment?} seeds=${2:-0-9}
export OMP_NUM_THREADS=1 DOTNET_JITMinOpts=1
cd "${SLURM_SUBMIT_DIR:?this is a Slurm job: sbatch it}"
exec lib/NotebookHost/bin/Release/net10.0/attention experiment run "$id" --seeds "$seeds" \
    --shard "$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN))/$SLURM_ARRAY_TASK_COUNT"
