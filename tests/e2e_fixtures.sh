#!/bin/bash
# Documents nobody would call a feed, and feeds of people who never heard of
# us, through --check under the sanitizers: a verdict and a sentence within ten
# seconds, never a crash. First what this script makes up itself; then the
# fixtures, where there are any.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
limit_s=60 # never near it; a busy machine is no hang

# check FILE: $status, $work/out and $work/err.
check() {
    timeout $limit_s "$STAFFROOM" --config "$work/plain.conf" --check "$1" \
        --at 2026-11-26T10:42 >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

# find_fault FILE WANTED: sets $fault to what is wrong with what `check FILE` left
# behind, "" when nothing. WANTED is
#   usable  exit 0, and a last line that says so
#   feed    exit 1: it is JSON, but no feed; a sentence without a place
#   json    exit 1: it is no JSON; a sentence with line and column
#   large   exit 1: it is larger than 2 MiB, and says so
#   any     exit 0 or 1
#   file    exit 2: there is nothing to read
find_fault() {
    local file=$1 wanted=$2 sentence
    fault=
    sentence=$(<"$work/err")
    case $status:$wanted in
    124:*) fault="took longer than $limit_s s" ;;
    0:usable | 0:any | 1:feed | 1:json | 1:large | 1:any | 2:file) ;;
    *) fault="exit $status" ;;
    esac
    [ -z "$fault" ] || { fault+=": $(head -c 300 "$work/err")"; return; }
    if [ $status -eq 0 ]; then
        tail -n 1 "$work/out" | grep -q '^usable: [0-9]' ||
            fault="usable, but the last line does not say so"
        [ -z "$sentence" ] || fault="usable, and yet it says: $sentence"
        return
    fi
    if [ "$(wc -l <"$work/err")" -ne 1 ] || [ -s "$work/out" ]; then
        fault="more than one line: $(head -c 300 "$work/err" "$work/out")"
    elif LC_ALL=C grep -q '[[:cntrl:]]' "$work/err"; then
        fault="what it says has control characters in it"
    fi
    # "staffroom: FILE:1:2: the document ends too soon"
    local place="" words=${sentence#"staffroom: $file"}
    [[ $words =~ ^:[1-9][0-9]*:[1-9][0-9]*:\  ]] && place=${BASH_REMATCH[0]}
    words=${words#"$place"}
    case $wanted in
    json) # of an empty one there is no line to name
        [ -n "$place" ] || [[ $words == *empty* ]] ||
            fault="no line and column: $sentence"
        ;;
    feed)
        [ -z "$place" ] && [[ $words == *feed* ]] ||
            fault="not refused for being no feed: $sentence"
        ;;
    large)
        [[ $words =~ 2\ MiB|2048\ KiB ]] ||
            fault="it does not say how much is allowed: $sentence"
        ;;
    esac
    [ "$(wc -w <<<"$words")" -ge 4 ] || fault="no sentence: $sentence"
}

# group NAME: reads "WANTED FILE" a line; one line for all of them, and one for
# each that is not as wanted.
group() {
    local name=$1 count=0 bad=0 wanted file
    while read -r wanted file; do
        count=$((count + 1))
        check "$file"
        find_fault "$file" "$wanted"
        [ -n "$fault" ] || continue
        bad=$((bad + 1))
        not_ok "$name: $(basename "$file")" "$fault"
    done
    if [ $count -eq 0 ]; then
        not_ok "$name: there are some"
    elif [ $bad -eq 0 ]; then
        ok "$name ($count)"
    fi
}

# ---- made up here -----------------------------------------------------------

mkdir "$work/attacks"
# Prints "WANTED FILE" for each it writes.
python3 - "$work/attacks" >"$work/attacks.list" <<'PYTHON'
import json, os, sys

MIB2 = 2 * 1024 * 1024
folder = sys.argv[1]


def write(wanted, name, content):
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    print(wanted, path)


def feed(items, **more):
    return json.dumps({"title": "T", "items": items, **more},
                      ensure_ascii=False)


def fill(before, piece, after, size=MIB2):
    room = size - len(before.encode()) - len(after.encode())
    return before + piece * (room // len(piece.encode())) + after


def item(text="Words.", id="i", **staffroom):
    return {"id": id, "content_text": text, "_staffroom": staffroom}


login = ("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>"
         "<form action='/login'>Guest Wi-Fi</form></body></html>\n")
good = feed([item(id=str(n)) for n in range(40)])

# What stands where a feed was asked for.
write("json", "empty.json", "")
write("json", "blank.json", " \n\t\r\n")
write("json", "login-page.json", login)
write("json", "login-page-bom.json", "\ufeff" + login)
write("json", "xml.json", '<?xml version="1.0"?>\n<rss version="2.0"/>\n')
write("json", "gzip.json", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03K\xcb")
write("json", "noise.json", bytes((n * 7919 >> 3) & 255 for n in range(65536)))
write("json", "zeros.json", bytes(4096))
write("json", "truncated.json", good[: len(good) // 2])
write("json", "truncated-character.json", feed([item("ä" * 50)]).encode()[:80])
write("json", "missing-end.json", good[:-1])
write("json", "twice.json", good + good)
write("json", "nul-inside.json", good.replace("Words", "Wo\0rds", 1))
write("json", "nul-behind.json", good + "\0")
write("json", "nul-escaped.json", good.replace("Words", "Wo\\u0000rds", 1))
write("json", "utf-16.json", good.encode("utf-16"))
write("json", "utf-16-be.json", good.encode("utf-16-be"))
write("json", "utf-32.json", good.encode("utf-32"))
write("json", "latin-1.json", feed([item("Café")]).encode("latin-1"))
write("json", "surrogate.json", feed([item("\ud800")]))
write("json", "overlong.json", b'{"title":"\xc0\xaf","items":[]}')
write("json", "comment.json", '{"items": [] // none\n}')
write("json", "single-quotes.json", "{'items': []}")
write("usable", "bom.json", "\ufeff" + good)

# As large as can be, and larger.
write("json", "deep-lists.json", "[" * MIB2)
write("json", "deep-objects.json", fill("", '{"a":', ""))
write("json", "deep-closed.json", "[" * 100000 + "]" * 100000)
write("json", "deep-in-feed.json",
      '{"items":[],"x":' + "[" * 100000 + "]" * 100000 + "}")
write("json", "deep-in-item.json",
      '{"items":[{"id":"a","x":' + '{"a":' * 90000 + "1" + "}" * 90000 + "}]}")
write("any", "ones.json", fill("[1", ",1", "]"))
write("json", "ones-open.json", fill("[1", ",1", ""))
write("any", "ones-in-feed.json", fill('{"title":"T","items":[1', ",1", "]}"))
write("any", "ones-beside.json",
      fill('{"title":"T","x":[1', ",1", '],"items":[]}'))
write("any", "same-keys.json", fill('{"title":"T","items":[]', ',"a":1', "}"))
write("any", "same-items.json", fill('{"items":[]', ',"items":[]', "}"))
write("any", "many-keys.json", '{"items":[{"id":"a"'
      + "".join(',"k%06d":1' % n for n in range(140000)) + "}]}")
write("any", "tiny-items.json", fill('{"items":[{"id":"a"}', ',{"id":"a"}',
                                     "]}"))
write("json", "one-text-open.json", fill('{"title":"', "x", ""))
write("json", "quotes.json", fill('["', '\\"', ""))
write("feed", "long-number.json", fill("[", "9", "]"))
write("feed", "spaces.json", fill("[", " ", "]"))
write("usable", "feed-of-2MiB.json", fill(good[:-1], " ", "}"))
write("large", "feed-of-2MiB-and-1.json", fill(good[:-1], " ", "}", MIB2 + 1))
write("large", "feed-of-3MiB.json", fill(good[:-1], " ", "}", 3 << 20))
write("large", "brackets-of-3MiB.json", "[" * (3 << 20))

# A feed whose texts are meant to hurt.
def text(name, before, piece, after="", key="content_text"):
    row = '{"title":"T","items":[{"id":"i","title":"I","%s":"%s' % (key, before)
    write("usable", name, fill(row, piece, after + '"}]}'))


text("text-w.json", "", "W")
text("text-words.json", "", "word ")
text("text-lines.json", "", "a\\n")
text("text-marks.json", "e", "\u0301")
text("text-joiners.json", "\U0001f468", "\u200d\U0001f469")
text("text-right-to-left.json", "", "\u202e\u05d0 ")
text("text-arabic.json", "", "\u0634")
text("text-references.json", "", "&amp;")
text("text-references-open.json", "", "&#9999999999")
text("html-deep.json", "", "<div>", key="content_html")
text("html-lists.json", "", "<ul><li>", key="content_html")
text("html-open.json", "", "<", key="content_html")
text("html-attributes.json", "<p", " a=b", key="content_html")
text("html-quote.json", "<p title='", "a>", key="content_html")
text("html-comment.json", "<!--", "-- >", key="content_html")
text("html-script.json", "<script>", "</scrip>", key="content_html")
text("html-images.json", "", "<img alt=x>", key="content_html")

# Wrong types everywhere, and numbers and dates beyond all bounds.
wrong = [None, True, 1, -1, 1e308, "", "x", [], ["x"], [[]], {}, {"a": {}}]
keys = ["version", "title", "home_page_url", "feed_url", "language",
        "_staffroom", "next_url", "authors", "expired", "hubs"]
in_items = ["id", "title", "content_text", "content_html", "summary", "image",
            "banner_image", "date_published", "tags", "authors", "author",
            "_staffroom", "url"]
in_staffroom = ["kind", "priorities", "promises", "on", "next_asker", "week",
                "school", "next_step", "thanks", "trying", "starts", "ends",
                "place", "sort", "colour", "answers", "show_from", "show_until",
                "days", "between", "schools", "pinned"]
of_feed = ["revision", "complete", "timezone", "frozen", "schools", "term"]
for n, value in enumerate(wrong):
    items = [{**item(id="a"), key: value} for key in in_items]
    for kind in ("purpose", "question", "idea", "postit", "meeting"):
        items += [item(id=kind + key, **{"kind": kind, key: value})
                  for key in in_staffroom]
    write("usable", "wrong-%d.json" % n,
          feed(items, _staffroom={key: value for key in of_feed}))
    write("any", "wrong-%d-top.json" % n,
          json.dumps({"items": [], **{key: value for key in keys}}))
    write("any", "wrong-%d-items.json" % n,
          json.dumps({"title": "T", "items": value}))
write("usable", "numbers.json", '{"items":[{"id":1e999},{"id":-0.0},'
      '{"id":9007199254740993},{"id":"a","_staffroom":{"kind":"idea",'
      '"thanks":1e999,"trying":-1e999}}],"_staffroom":{"revision":1e400}}')
dates = ["9999-12-31T23:59:59+14:00", "0000-00-00", "1900-01-01T00:00:00-23:59",
         "99999-01-01", "2026-02-30", "2026-11-26T24:00:00Z", "-1",
         "\u0662" * 8,
         "2026-11-26T10:42:60Z", "2026-W99", "2026-W53"]
write("usable", "dates.json", feed(
    [item(id=k + d, kind=k, on=d, week=d, starts=d, ends=d, show_from=d,
          show_until=d, between=[d, d])
     for k in ("question", "idea", "meeting", "postit") for d in dates],
    _staffroom={"timezone": "../../../etc/passwd", "term":
                [{"from": d, "until": d} for d in dates]}))
write("usable", "meetings.json", feed(
    [item(id="m%d" % n, kind="meeting", starts="2026-12-01T10:00:00Z",
          ends="2020-01-01T10:00:00Z", place="P" * 4000) for n in range(450)]))
write("usable", "purposes.json", feed(
    [item("Every child known. " * 120, id="p%d" % n, kind="purpose",
          priorities=["x" * 3000] * 300) for n in range(2)]))
PYTHON
group "what the world might send" <"$work/attacks.list"

# What is no file at all.
mkfifo "$work/attacks/pipe"
mkdir "$work/attacks/folder"
ln -s loop "$work/attacks/loop"
for name in pipe folder loop; do
    printf 'file %s\n' "$work/attacks/$name"
done | group "what is no file"
if [ -e /dev/zero ]; then
    printf 'file %s\n' /dev/zero /dev/null | group "devices"
fi
rm -rf "$work/attacks"

# ---- fixtures ---------------------------------------------------------------

# What an independent reader thinks of FOLDER's files: "WANTED FILE".
expect() {
    python3 - "$1" <<'PYTHON'
import json, os, sys


def no_such_number(word):
    raise ValueError(word)


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from texts(part)


def wanted(path):
    with open(path, "rb") as file:
        raw = file.read()
    try:
        text = raw.decode("utf-8-sig")
        whole = json.loads(text, parse_constant=no_such_number)
        json.dumps(whole, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return "json"
    # Which no text of ours may hold, though JSON allows it.
    if any("\0" in piece for piece in texts(whole)):
        return "json"
    if isinstance(whole, dict) and isinstance(whole.get("items"), list):
        return "usable"
    return "feed"


for name in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], name)
    if not name.endswith(".json"):
        continue
    verdict = wanted(path)
    # i_: "may go either way", as the suite says. Ours is the strict one.
    print("any" if name.startswith("i_") else verdict, path)
PYTHON
}

if [ -d "${STAFFROOM_FIXTURES:-/nonexistent}/json" ]; then
    expect "$STAFFROOM_FIXTURES/json" >"$work/json.list"
    grep '/y_' "$work/json.list" | group "JSON that is right, but no feed"
    grep '/n_' "$work/json.list" | group "JSON that is wrong"
    grep '/i_' "$work/json.list" | group "JSON that may be either"
    expect "$STAFFROOM_FIXTURES/feeds" >"$work/feeds.list"
    group "feeds of real publishers" <"$work/feeds.list"
    says "no right JSON is called wrong, but for what holds \\u0000" \
        "y_object_escaped_null_in_key.json y_string_null_escape.json" \
        "$(sed -n 's|^json .*/\(y_.*\)|\1|p' "$work/json.list" | xargs)"
else
    skip "the fixtures" "no STAFFROOM_FIXTURES"
fi

finish
