#!/bin/bash
# Inside the lab's machine: its television will be switched off while it starts.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

told ''
cat >/etc/systemd/system/dark.service <<'END'
[Unit]
Description=The television is off
DefaultDependencies=no
After=systemd-udev-settle.service local-fs.target
Wants=systemd-udev-settle.service
Before=staffroom.service basic.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'for c in /sys/class/drm/card*-*/status; do echo off >$c; done'
[Install]
WantedBy=sysinit.target
END
check 'dark.service' systemctl -q enable dark.service
finish
