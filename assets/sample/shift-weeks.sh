#!/bin/sh
# The sample feed was written for one week. This moves every date in it by
# whole weeks, so that its week becomes the present one and its Thursday stays
# a Thursday.
#
#   shift-weeks.sh < feed.json > this-week.json
set -eu

zone=Europe/London
written_for=2026-11-23 # the Monday of its week

day_number() {
    echo $(($(date -u -d "$1" +%s) / 86400))
}

feed=$(mktemp)
rules=$(mktemp)
trap 'rm -f "$feed" "$rules"' EXIT
cat >"$feed"

today=$(TZ=$zone date +%Y-%m-%d)
weekday=$(TZ=$zone date +%u)
weeks=$((($(day_number "$today") - weekday + 1 - $(day_number "$written_for")) / 7))

# What has been moved is marked, so that no later rule moves it again.
grep -oE '"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8}[+-][0-9:]{5})?"' "$feed" |
    sort -u | tr -d '"' | while read -r old; do
    day=$(date -u -d "${old%%T*} + $((weeks * 7)) days" +%Y-%m-%d)
    case "$old" in
    # The hour on the wall stays; its distance from UTC may not.
    *T*)
        hour=${old#*T}
        hour=$(printf %.8s "$hour")
        offset=$(TZ=$zone date -d "$day $hour" +%:z)
        echo "s/\"$old\"/\"@${day}T$hour$offset\"/g"
        ;;
    *) echo "s/\"$old\"/\"@$day\"/g" ;;
    esac
done >"$rules"

grep -oE '"[0-9]{4}-W[0-9]{2}"' "$feed" | sort -u | tr -d '"' |
    while read -r old; do
        year=${old%-W*}
        week=${old#*-W}
        # 4 January is always in week 1.
        first=$(date -u -d "$year-01-04" +%u)
        monday=$(date -u -d "$year-01-04 + $(((${week#0} - 1 + weeks) * 7 + 1 - first)) days" +%G-W%V)
        echo "s/\"$old\"/\"@$monday\"/g"
    done >>"$rules"

sed -f "$rules" "$feed" | sed 's/"@/"/g'
