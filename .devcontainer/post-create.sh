#!/usr/bin/env bash
# Makes a fresh dev container, or any Debian or Ubuntu with the .NET SDK, ready for the notebooks. Running it again is harmless.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

step() { printf '\n== %s\n' "$*"; }
attention() { dotnet run -c Release --no-build --project lib/NotebookHost -- "$@"; }

step "Chromium and Jupyter"
bash .devcontainer/packages.sh

step "restore"
dotnet restore

step "build"
dotnet build -c Release --no-restore

step "Jupyter kernel"
attention kernel install

step "doctor"
attention doctor
