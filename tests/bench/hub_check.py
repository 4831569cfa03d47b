"""hub_check.py STORE FILE…: every post-it that a hub has acknowledged (FILE, as
hub_kiosks writes it) is in its store exactly once, word for word. Prints how
many there were, and how many are lost, doubled or changed."""
import sqlite3, sys

db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True, timeout=10)
there = {}
for id, text in db.execute("SELECT id, text FROM postit"):
    there.setdefault(id, []).append(text)
said, lost, doubled, changed = {}, 0, 0, 0
for name in sys.argv[2:]:
    for line in open(name):
        id, number = line.split()
        said[id] = number
for id, number in said.items():
    texts = there.get(id, [])
    lost += not texts
    doubled += len(texts) > 1
    changed += bool(texts) and texts[0] != (
        "Number %s, it's <b>\"new\"</b>; DROP TABLE postit; -- %%27" % number)
print("acknowledged", len(said))
print("lost", lost)
print("doubled", doubled)
print("changed", changed)
sys.exit(lost + doubled + changed > 0)
