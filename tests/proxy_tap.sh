# Sourced after hub_tap.sh by the scripts that put a web server in front of the
# hub: keys of our own, ports, the hub at a socket, and a coordinator.
# shellcheck shell=bash

socket=$work/hub.sock

# make_keys: an authority in ca.crt and, signed by it, localhost in hub.crt and
# hub.key; 127.0.0.1 is not in it on purpose.
make_keys() {
    local new=(openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256
        -nodes -days 2)
    "${new[@]}" -subj "/CN=Our own authority" -keyout "$work/ca.key" \
        -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -out "$work/ca.crt" 2>"$work/openssl.log" &&
        "${new[@]}" -subj "/CN=localhost" -CA "$work/ca.crt" \
            -CAkey "$work/ca.key" -keyout "$work/hub.key" -out "$work/hub.crt" \
            -addext "subjectAltName=DNS:localhost" \
            -addext "keyUsage=critical,digitalSignature" \
            -addext "basicConstraints=critical,CA:false" 2>>"$work/openssl.log"
}

# free_ports: two of them, in $https_port and $http_port.
free_ports() {
    read -r https_port http_port < <(python3 -c '
import socket
both = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(s.getsockname()[1] for s in both))')
}

# begin_hub: at the socket, as the settings that are shipped say it. The path
# where it is set up goes into $first.
begin_hub() {
    sed "s|^#data = .*|data = $work/data|; s|^#socket = *$|socket = $socket|
        s|^#behind_proxy = .*|behind_proxy = yes|" config/hub.conf \
        >"$work/hub.conf"
    : >"$work/hub.out"
    "$STAFFROOM_HUB" --config "$work/hub.conf" --sample "$work/sample.json" \
        >"$work/hub.out" 2>>"$work/hub.err" </dev/null &
    hub=$!
    for _ in $(seq 200); do
        ! grep -qxF "The hub is at $socket" "$work/hub.out" || break
        if ! kill -0 "$hub" 2>/dev/null; then
            not_ok "the hub starts" "$(cat "$work/hub.err")"
            finish
        fi
        sleep 0.05
    done
    first=$(sed -n 's|^Nobody can sign in yet.*(the name of your hub)||p' \
        "$work/hub.out")
}

# set_up_hub: Maria, through the web server at $at, as a browser sends forms.
set_up_hub() {
    site=(-H "Origin: $at")
    visit "$first"
    send "$first" "name=Maria" "password=seven quiet kettles" \
        "again=seven quiet kettles"
    says "a coordinator sets the hub up over HTTPS" "303 /screens" "$status $to"
    says "with a cookie for HTTPS only" 1 \
        "$(grep -ciE '^set-cookie: __Host-[^;]*;.*secure' "$work/head")"
}

# attack NAME…: what no client would send; see hub_proxy.py.
attack() {
    timeout 60 python3 tests/hub_proxy.py "$https_port" "$work/ca.crt" \
        "$socket" "$@" </dev/null || failed=1
}

# keyless FILE…: that none of the keys in $keys is in those files.
keyless() {
    local found
    found=$(grep -oF -f <(printf '%s\n' "${keys[@]}") "$@" 2>/dev/null)
    says "no token, cookie or secret address is in ${*##*/}" "" "$found"
}
