"""Compares what staffroom-calendar finds in the shared calendars with what is
expected of them.

    calendar_expected.py PROGRAM FOLDER

FOLDER has EXPECTED.json (what two other programs agree on, as moments) and
*.expected.json (worked out by hand). Every calendar is read under three
machines' zones, which must make no difference. Prints ok and not ok lines.
"""
import datetime
import json
import os
import subprocess
import sys
import zoneinfo

program, folder = sys.argv[1:]
bad = 0


def tell(what, problems):
    global bad
    bad += bool(problems)
    print(("not ok " if problems else "ok ") + what)
    for problem in problems[:8]:
        print("    " + problem)


def expand(name, begin, until, zone, machine="UTC"):
    """Exit status and stdout."""
    with open(os.path.join(folder, name), "rb") as file:
        run = subprocess.run(
            [program, "--from", begin, "--until", until, "--zone", zone],
            stdin=file, capture_output=True, timeout=20,
            env={**os.environ, "TZ": machine})
    return run.returncode, run.stdout.decode("utf-8")


def moment(text, zone):
    """As EXPECTED.json has it: UTC; days begin at midnight in the zone."""
    if len(text) == 10:
        day = datetime.datetime.fromisoformat(text)
        at = day.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    else:
        at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows(lines, zone):
    for line in lines.splitlines():
        row = json.loads(line)
        yield (moment(row["start"], zone), moment(row["end"], zone),
               row["all_day"], row["summary"])


def compare_agreed(name, wanted, begin, until, zone):
    status, lines = expand(name, begin, until, zone)
    seen = list(rows(lines, zone))
    problems = [] if status == 0 else ["exit %d" % status]
    if len(seen) != wanted["node_ical"]["n"]:
        problems.append("%d, not %d" % (len(seen), wanted["node_ical"]["n"]))
    # Ends are compared where the two others agree on them.
    pairs = zip(wanted["node_ical"]["first"],
                wanted["recurring_ical_events"]["first"], seen)
    for one, other, mine in pairs:
        if (mine[0], mine[2], mine[3]) != (one[0], one[2], one[3]) or (
                one[1] == other[1] and mine[1] != one[1]):
            problems.append("%r, not %r" % (mine, one))
    tell(name, problems)


def compare_worked(name, wanted):
    zone = wanted["zone"]
    status, lines = expand(wanted["file"], "2026-01-01", "2027-01-01", zone)

    def row(o):
        return (moment(o["start"], zone), moment(o["end"], zone),
                o.get("all_day", False), o["summary"])

    hoped = sorted(row(o) for o in wanted["occurrences"])
    seen = sorted(rows(lines, zone))
    problems = [] if status == 0 else ["exit %d" % status]
    problems += ["missing: %r" % (o,) for o in hoped if o not in seen]
    problems += ["too many: %r" % (o,) for o in seen if o not in hoped]
    if len(hoped) != len(seen):
        problems.append("%d, not %d" % (len(seen), len(hoped)))
    offsets = {line for line in lines.splitlines() if "+00:00" in line}
    if not offsets or len(offsets) == len(lines.splitlines()):
        problems.append("winter and summer have the same offset")
    tell("%s (%d)" % (name, len(hoped)), problems)


def compare_machines(names):
    problems = []
    for name in names:
        answers = {expand(name, "2014-01-01", "2028-01-01", "Europe/London",
                          machine)
                   for machine in ("UTC", "Europe/London", "America/Chicago")}
        if len(answers) != 1:
            problems.append(name)
        for status, lines in answers:
            if status not in (0, 1):
                problems.append("%s: exit %d" % (name, status))
            starts = [row[0] for row in rows(lines, "Europe/London")]
            if starts != sorted(starts):
                problems.append("%s: not in order" % name)
    tell("the same on machines in three zones (%d)" % len(names), problems)


with open(os.path.join(folder, "EXPECTED.json"), encoding="utf-8") as f:
    expected = json.load(f)
for name, wanted in expected["files"].items():
    if wanted["agree"]:
        compare_agreed(name, wanted, *expected["window"], expected["zone"])
names = sorted(os.listdir(folder))
for name in names:
    if name.endswith(".expected.json"):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            compare_worked(name, json.load(f))
compare_machines([name for name in names if name.endswith(".ics")])
sys.exit(bad > 0)
