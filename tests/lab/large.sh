#!/bin/bash
# Inside the lab's machine, on a 4K screen.
# shellcheck source=tests/lab/tap.sh
. /srv/tap.sh

crtc() { # the mode that is set
    modetest -M virtio_gpu -p 2>/dev/null | awk '/^CRTCs:/ { in_it = 1 }
        in_it && $4 ~ /^\([0-9]+x[0-9]+\)$/ { gsub(/[()]/, "", $4); print $4; exit }'
}

told ''
check 'it shows on a large screen' shows 15
check 'in full HD' is "$(crtc)" 1920x1080
lab-shot 31-large
told '[screen]\nmode = native\n'
sleep 25
check 'as it is, when told so' is "$(crtc)" 3840x2160
lab-shot 32-native
told '[screen]\nmode = 1024x768\n'
sleep 10
check 'or in another size' is "$(crtc)" 1024x768
lab-shot 33-small
told '[screen]\nmode = 1234x567\n'
check 'one it does not have is named' said 'no mode 1234x567'
finish
