# Sourced by the end-to-end scripts: the lines they print, the folder they write
# to, and how a program is run and judged. They run from the checkout's top.
# shellcheck shell=bash

: "${STAFFROOM:=$PWD/build/asan/staffroom}"
: "${STAFFROOM_STRICT:=$PWD/build/strict/staffroom}"

sample=$PWD/assets/sample/feed.json
work=$PWD/build/e2e/$(basename "$0" .sh)
rm -rf "$work"
mkdir -p "$work"

# What this machine has set must not decide what a test sees.
unset DISPLAY WAYLAND_DISPLAY SDL_VIDEODRIVER SDL_RENDER_DRIVER TZ
unset http_proxy https_proxy all_proxy HTTPS_PROXY ALL_PROXY JOURNAL_STREAM
unset STAFFROOM_ASSETS CACHE_DIRECTORY STATE_DIRECTORY XDG_STATE_HOME
export HOME=$work/home XDG_CACHE_HOME=$work/home/.cache LC_ALL=C.UTF-8
export XDG_RUNTIME_DIR=$work/run
mkdir -p "$XDG_CACHE_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
# Settings of this machine, in /etc, must not either.
: >"$work/plain.conf"

failed=0

ok() {
    printf 'ok %s\n' "$1"
}

# not_ok WHAT LINE…: and the lines that say what was seen instead.
not_ok() {
    printf 'not ok %s\n' "$1"
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" | head -n 12 | sed 's/^/    /'
    failed=1
}

skip() {
    printf 'ok %s # SKIP %s\n' "$1" "$2"
}

# says WHAT WANTED SEEN: the two are the same text.
says() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1" "expected: $2" "but was:  $3"
    fi
}

# run PROGRAM ARG…: into $work/out and $work/err; its exit status in $status,
# 124 when it took longer than 20 s.
run() {
    timeout 20 "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

# What a sanitizer has said in FILE…, in $reports; true when nothing.
is_clean() {
    reports=$(grep -hE 'runtime error:|ERROR: [A-Za-z]+Sanitizer' "$@")
    [ -z "$reports" ]
}

# finish: how the script ends.
finish() {
    exit $failed
}
