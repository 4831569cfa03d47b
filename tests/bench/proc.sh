# What a process and all its descendants cost, as the kernel counts it.
# To be sourced.
# shellcheck shell=bash

tree_of() { # PID: it and every process below it
    local child
    echo "$1"
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
        tree_of "$child"
    done
}

pss_kib() { # PID: memory, with what is shared divided among its users
    local p
    for p in $(tree_of "$1"); do
        cat "/proc/$p/smaps_rollup" 2>/dev/null
    done | awk '/^Pss:/ { sum += $2 } END { print sum + 0 }'
}

rss_kib() { # PID: of that process alone
    awk '/^VmRSS:/ { print $2 }' "/proc/$1/status" 2>/dev/null
}

switches() { # PID: times any of its threads went to sleep or was put to it
    local p
    for p in $(tree_of "$1"); do
        cat /proc/"$p"/task/*/status 2>/dev/null
    done | awk '/ctxt_switches:/ { sum += $2 } END { print sum + 0 }'
}

cpu_us() { # PID: time its threads ran; finer than the ticks of /proc/PID/stat
    local p
    for p in $(tree_of "$1"); do
        cat /proc/"$p"/task/*/schedstat 2>/dev/null
    done | awk '{ sum += $1 } END { printf "%.0f\n", sum / 1000 }'
}
