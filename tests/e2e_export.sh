#!/bin/bash
# --export: what was written on a screen, taken away in a file. Beside a running
# kiosk, after a pulled plug, without permission, and where nothing fits. The
# files are read by other programs than ours.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

command -v python3 >/dev/null || {
    skip "the files" "python3 is not installed"
    finish
}
export TZ=Europe/London
state=$HOME/.local/state/staffroom
db=$state/postits.db
printf '[school]\nschool = hillcrest\n' >"$work/hillcrest.conf"
kiosk=
trap '[ -z "$kiosk" ] || kill $kiosk 2>/dev/null; wait 2>/dev/null' EXIT

# export_to FILE: as a person would type it.
export_to() {
    run "$STAFFROOM" --config "$work/hillcrest.conf" --export "$1"
}

# refuses WHAT STATUS PATTERN FILE: one line like it, and nothing on stdout.
refuses() {
    export_to "$4"
    if [ $status -eq "$2" ] && [ ! -s "$work/out" ] &&
        [ "$(wc -l <"$work/err")" = 1 ] && grep -qE "^staffroom: .*$3" "$work/err"
    then
        ok "$1"
    else
        not_ok "$1" "exit $status, not $2 and /$3/" "$(<"$work/out")" \
            "$(<"$work/err")"
    fi
}

# writes WHAT COUNT FILE
writes() {
    export_to "$3"
    says "$1" "0: Wrote $2 to $3" \
        "$status: $(cat "$work/out" "$work/err")"
}

# ---- nothing to write -------------------------------------------------------

refuses "no store yet" 1 "No post-its have been written on this screen yet" \
    "$work/none.csv"
says "no store yet: no file, no folder" "no no" \
    "$([ -e "$work/none.csv" ] && echo yes || echo no) $(
    [ -e "$state" ] && echo yes || echo no)"
refuses "a name of another kind" 2 'takes a name that ends in .csv or .json' \
    "$work/notes.txt"
refuses "a name without a kind" 2 'takes a name that ends in' "$work/csv"

# ---- beside a running kiosk -------------------------------------------------

SDL_VIDEODRIVER=dummy "$STAFFROOM" --config "$work/plain.conf" \
    --feed "$sample" --at 2026-11-26T10:42 --window 640x360 \
    2>"$work/kiosk.log" &
kiosk=$!
for _ in {1..100}; do
    [ ! -s "$db" ] || break
    sleep 0.1
done
[ -s "$db" ] && ok "the kiosk has a store" ||
    not_ok "the kiosk has a store" "$(<"$work/kiosk.log")"
refuses "a store with nothing in it" 1 "There are no post-its on this screen" \
    "$work/none.csv"

# Hangs post-its into the kiosk's own database, each with the fingerprint that
# the program holds it to.
cat >"$work/hang.py" <<'PY'
import json, sqlite3, sys
def fingerprint(*values):
    h = 14695981039346656037
    for v in values:
        for byte in str(v).encode() + b"\0":
            h = (h ^ byte) * 1099511628211 % 2**64
    return h - 2**64 if h >= 2**63 else h
db = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
db.create_function("fingerprint", -1, fingerprint, deterministic=True)
db.execute("BEGIN IMMEDIATE")
for n, p in enumerate(json.load(open(sys.argv[2]))):
    row = ("00000000-0000-4000-8000-%012d" % p.get("n", n), p.get("sort", 0),
           p.get("colour", 0), p["text"], p.get("author", ""),
           p.get("answers", ""), p["made"], p["made"] + 14 * 86400)
    db.execute("INSERT INTO postit (id, sort, colour, text, author, answers,"
               " made_s, expires_s, is_time_unsure, state, mark)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0,"
               " fingerprint(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))",
               row + (p.get("unsure", 0),))
    if "hidden" in p or "thanks" in p:
        db.execute("INSERT INTO reaction VALUES (?, ?, ?, ?, ?)",
                   (row[0], p.get("hidden", 0), p.get("thanks", 0),
                    p.get("trying", 0), p["made"]))
db.execute("COMMIT")
PY
cat >"$work/awkward.json" <<'JSON'
[ {"made": 1795687200, "text": "Ask them to \"draw\" it, then & then", "author": "Jo, Y5",
   "answers": "q-2026-11-26", "sort": 1, "colour": 1, "thanks": 12, "trying": 5},
  {"made": 1795687201, "text": "=HYPERLINK(\"http://bad.example/\",\"free cake\")", "author": "@Mo"},
  {"made": 1795687202, "text": "&amp; is five letters \\ Tŷ ŵ £5 👩‍👩‍👧‍👦", "sort": 4, "colour": 3},
  {"made": 1795687203, "text": "اسألوا 3 أسئلة", "author": "منى", "sort": 3, "colour": 2} ]
JSON
python3 "$work/hang.py" "$db" "$work/awkward.json"

csv=$work/post-its.csv
writes "beside a running kiosk, a table" "4 post-its" "$csv"
writes "beside a running kiosk, a feed" "4 post-its" "$work/post-its.json"
kill -0 $kiosk 2>/dev/null && ok "the kiosk goes on" ||
    not_ok "the kiosk goes on" "$(<"$work/kiosk.log")"
says "only who asked may read them" "600 600" \
    "$(stat -c %a "$csv" "$work/post-its.json" | xargs)"

says "a table begins with a byte order mark" "ef bb bf" \
    "$(head -c 3 "$csv" | od -An -tx1 | xargs)"
cat >"$work/rows.py" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as f:
    text = f.read()
assert text.count("\r\n") == text.count("\n"), "a line ends without CR LF"
rows = list(csv.reader(text.splitlines(True), strict=True))
assert len({len(r) for r in rows}) == 1, "rows of different lengths"
for row in rows:
    print("|".join(row))
PY
id=00000000-0000-4000-8000-00000000000
cat >"$work/wanted" <<TABLE
id|written|sort|colour|words|name|school|answer to|thank yous|trying it|expires|face down|shared
${id}3|2026-11-26 10:00|disturbance|mint|اسألوا 3 أسئلة|منى|hillcrest||0|0|2026-12-10 10:00|no|no
${id}2|2026-11-26 10:00|delight|blue|&amp; is five letters \\ Tŷ ŵ £5 👩‍👩‍👧‍👦||hillcrest||0|0|2026-12-10 10:00|no|no
${id}1|2026-11-26 10:00|idea|yellow|'=HYPERLINK("http://bad.example/","free cake")|'@Mo|hillcrest||0|0|2026-12-10 10:00|no|no
${id}0|2026-11-26 10:00|answer|pink|Ask them to "draw" it, then & then|Jo, Y5|hillcrest|q-2026-11-26|12|5|2026-12-10 10:00|no|no
TABLE
says "another program reads the table" "$(<"$work/wanted")" \
    "$(python3 "$work/rows.py" "$csv" 2>&1)"

# The board that was up says what an answer answers, and a hub whose screen it is.
run "$STAFFROOM" --config "$work/hillcrest.conf" --feed "$sample" \
    --export "$work/words.csv"
says "an answer says to which question" 1 \
    "$(grep -c ',What do our quietest pupils know' "$work/words.csv")"
printf '[hub]\nhub = https://hub.example\n' >"$work/hub.conf"
printf '%s\nhttps://hub.example\nmarsh-lane\n' \
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA >"$state/hub-token"
run "$STAFFROOM" --config "$work/hub.conf" --export "$work/hub.csv"
rm "$state/hub-token"
says "a screen that a hub knows says its school" 4 \
    "$(grep -c ',marsh-lane,' "$work/hub.csv")"

cat >"$work/feed.py" <<'PY'
import html, json, sys
feed = json.load(open(sys.argv[1], encoding="utf-8"))
assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
for item in feed["items"]:
    own = item["_staffroom"]
    print(item["id"][-1], html.unescape(item["content_text"]),
          [a["name"] for a in item.get("authors", [])],
          item.get("date_published"), item.get("expired"), own["kind"],
          own["sort"], own["colour"], own["school"], own["answers"],
          own["thanks"], own["trying"], own.get("show_until"), sep="|")
PY
cat >"$work/wanted" <<'FEED'
3|اسألوا 3 أسئلة|['منى']|2026-11-26T10:00:03Z|None|postit|disturbance|mint|hillcrest|None|0|0|2026-12-10T10:00:03Z
2|&amp; is five letters \ Tŷ ŵ £5 👩‍👩‍👧‍👦|[]|2026-11-26T10:00:02Z|None|postit|delight|blue|hillcrest|None|0|0|2026-12-10T10:00:02Z
1|=HYPERLINK("http://bad.example/","free cake")|['@Mo']|2026-11-26T10:00:01Z|None|postit|idea|yellow|hillcrest|None|0|0|2026-12-10T10:00:01Z
0|Ask them to "draw" it, then & then|['Jo, Y5']|2026-11-26T10:00:00Z|None|postit|answer|pink|hillcrest|q-2026-11-26|12|5|2026-12-10T10:00:00Z
FEED
says "another program reads the feed" "$(<"$work/wanted")" \
    "$(python3 "$work/feed.py" "$work/post-its.json" 2>&1)"
run "$STAFFROOM" --check "$work/post-its.json" --at 2026-11-26T10:42
says "our own --check has nothing to say of it" \
    "0: usable: 4 items read (4 post-its), 0 left out, 1 slide at this time" \
    "$status: $(grep -v 'no font on this machine' "$work/out")"

# ---- the plug pulled --------------------------------------------------------

kill -9 $kiosk
wait $kiosk 2>/dev/null
kiosk=
writes "after a pulled plug, with its log not folded in" "4 post-its" "$csv"
is_clean "$work/kiosk.log" && ok "nothing from the sanitizers" ||
    not_ok "nothing from the sanitizers" "$reports"

cat >"$work/more.json" <<'JSON'
[ {"n": 7, "made": 1000000000, "text": "Long expired"},
  {"n": 8, "made": 60, "text": "Nobody knows when", "unsure": 1},
  {"n": 9, "made": 1795687300, "text": "Turned over", "hidden": 1} ]
JSON
python3 "$work/hang.py" "$db" "$work/more.json"
writes "what expired is there as well" "7 post-its" "$csv"
says "an expired one, one of no known time, one face-down" \
    "9|2026-11-26 10:01|2026-12-10 10:01|yes 7|2001-09-09 02:46|2001-09-23 02:46|no 8|||no" \
    "$(python3 "$work/rows.py" "$csv" | grep -E '^0+-.*[789]\|' |
        awk -F'|' '{ print substr($1, 36) "|" $2 "|" $11 "|" $12 }' | xargs)"
writes "and in the feed" "7 post-its" "$work/post-its.json"
run "$STAFFROOM" --check "$work/post-its.json" --at 2026-11-26T10:42
says "which shows no post-it that was turned face-down" 1 \
    "$(grep -c '6 items read (6 post-its), 1 left out' "$work/out")"

# ---- what is in the way -----------------------------------------------------

echo old >"$work/kept.csv"
refuses "a folder that is not there" 2 'there is no folder .*/nowhere/' \
    "$work/nowhere/post-its.csv"
mkdir "$work/folder.csv"
refuses "a folder of that name" 2 'folder\.csv cannot be written: Is a dir' \
    "$work/folder.csv"

# As on a full disk, the write fails half way. Enough to go beyond the limit.
python3 -c 'import json; print(json.dumps([{"n": 100 + n, "made": 1795687400,
    "text": "W" * 140} for n in range(900)]))' >"$work/many.json"
python3 "$work/hang.py" "$db" "$work/many.json"
for kind in csv json; do
    echo old >"$work/kept.$kind"
    (
        trap '' XFSZ
        ulimit -f 64
        export_to "$work/kept.$kind"
        exit $status
    )
    says "no room for all of it: exit 2 ($kind)" 2 $?
    grep -qE "^staffroom: .*kept\.$kind cannot be written: " "$work/err" &&
        ok "no room for all of it: it says so ($kind)" ||
        not_ok "no room for all of it: it says so ($kind)" "$(<"$work/err")"
    says "no room for all of it: the old file stays ($kind)" old \
        "$(<"$work/kept.$kind")"
done
says "and nothing is left behind" "" "$(find "$work" -name '*.tmp')"
ln -s kept.csv "$work/link.csv"
writes "with room, it is replaced" "907 post-its" "$work/link.csv"
says "in its own place: what a link points to is not touched" old \
    "$(<"$work/kept.csv")"
says "a name in capitals" 0 "$(export_to "$work/POST.CSV"; echo $status)"

# ---- another user -----------------------------------------------------------

other=$work/other
mkdir -m 755 "$other"
mkdir -m 777 "$other/out"
as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
if [ "$(id -u)" != 0 ] || ! command -v setpriv >/dev/null; then
    skip "as another user" "only root can become one"
elif ! "${as_nobody[@]}" test -w "$other/out" -a -x "$STAFFROOM_STRICT"; then
    skip "as another user" "another user cannot come to this folder"
else
    # refuses_nobody WHAT PATTERN
    refuses_nobody() {
        run env STATE_DIRECTORY="$other/state" "${as_nobody[@]}" \
            "$STAFFROOM_STRICT" --config "$work/hillcrest.conf" \
            --export "$other/out/x.csv"
        if [ $status -eq 2 ] && [ "$(wc -l <"$work/err")" = 1 ] &&
            grep -qE "^staffroom: .*$2.*runs the kiosk" "$work/err"; then
            ok "$1"
        else
            not_ok "$1" "exit $status, not 2 and /$2/" "$(<"$work/out")" \
                "$(<"$work/err")"
        fi
    }
    # One connection folds the log in and leaves the database alone.
    python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1]); db.execute("DELETE FROM reaction"); db.commit()
db.execute("PRAGMA wal_checkpoint(TRUNCATE)"); db.close()' "$db"
    mkdir -m 755 "$other/state"
    install -m 644 "$db" "$other/state/"
    refuses_nobody "another user, who may not write there" \
        'nothing may be written beside it \(Permission denied\)'
    chmod 700 "$other/state"
    refuses_nobody "another user, who may not even look" 'Permission denied'
    chmod 777 "$other/state"
    chmod 600 "$other/state/postits.db"
    refuses_nobody "another user, who may not read it" 'Permission denied'
    says "nothing has been written for them" "" "$(ls "$other/out")"
    says "nor beside the store" postits.db "$(ls "$other/state")"
fi

# ---- damage -----------------------------------------------------------------

python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE postit SET text = \"rotten\" WHERE place = 1"); db.commit()' "$db"
refuses "a letter that rotted" 2 'post-its that are not as written' "$work/kept.csv"
rm -f "$db"-*
head -c 3000 /dev/urandom >"$db"
refuses "a store that is none" 2 'is not a database' "$work/kept.csv"
says "a damaged store leaves the old file" old "$(<"$work/kept.csv")"
finish
