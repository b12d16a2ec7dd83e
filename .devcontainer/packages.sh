#!/usr/bin/env bash
# Chromium, which draws charts as pictures, and Jupyter: from the system's packages, and only where they are missing.
# The series runs without them; whoever cannot install them here is told what to do.
set -euo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }

has_chromium() {
    [ -n "${ATTENTION_CHROMIUM:-}" ] || has chromium || has google-chrome || has google-chrome-stable
}

has_jupyter() {
    has jupyter && has jupyter-nbconvert && has jupyter-notebook
}

# Ubuntu's Chromium is a snap, which containers do not run: there Google's own package.
install_chromium() {
    if apt-cache show chromium >/dev/null 2>&1; then
        install chromium
    elif [ "$(dpkg --print-architecture)" = amd64 ] && has curl; then
        # No `set -e` here: who calls asks whether it went well.
        curl -fsSL -o "$downloads/chrome.deb" https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb &&
            chmod -R a+rX "$downloads" &&
            install "$downloads/chrome.deb"
    else
        return 1
    fi
}

if has_chromium && has_jupyter; then
    echo "Chromium and Jupyter are here."
    exit 0
fi

if ! has apt-get || { [ "$(id -u)" -ne 0 ] && ! has sudo; }; then
    echo "Nothing can be installed here: it takes apt-get, and root or sudo. By hand: Chromium or Chrome; pip install notebook nbconvert." >&2
    exit 0
fi

downloads="$(mktemp -d)"
trap 'rm -rf "$downloads"' EXIT
as_root apt-get update || echo "The lists of packages could not be brought up to date; the old ones are used." >&2
if ! has_chromium; then
    install_chromium || echo "Chromium could not be installed. By hand: Chromium or Chrome, or ATTENTION_CHROMIUM with the path of one." >&2
fi
if ! has_jupyter; then
    install jupyter-nbconvert jupyter-client jupyter-notebook python3-nbclient || echo "Jupyter could not be installed. By hand: pip install notebook nbconvert." >&2
fi
