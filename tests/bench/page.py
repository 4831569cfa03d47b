"""The feed as a plain web page, for a browser to show on the same screen.

    page.py FEED > page.html

One slide at a time would need a script; everything a slide has is here at
once, with a clock that is set once a minute, which flatters the browser.
"""

import html
import json
import sys

STYLE = """
body { margin: 4vh 4vw; background: #faf7f0; color: #222;
       font: 3.2vh/1.35 sans-serif; overflow: hidden }
h1 { font: 600 5vh serif } #clock { float: right }
main { columns: 3 } article { break-inside: avoid; margin-bottom: 2vh }
"""
CLOCK = """
function tick() {
  document.getElementById("clock").textContent =
    new Date().toLocaleTimeString("en-GB", {hour: "2-digit", minute: "2-digit"});
  setTimeout(tick, 60000 - Date.now() % 60000);
}
tick();
"""


def article(item):
    title = html.escape(str(item.get("title", "")))
    text = html.escape(str(item.get("content_text", "")))
    return f"<article><b>{title}</b><br>{text}</article>"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        feed = json.load(file)
    title = html.escape(feed.get("title", ""))
    articles = "".join(article(item) for item in feed["items"])
    print(f'<!doctype html><meta charset="utf-8"><title>{title}</title>'
          f'<style>{STYLE}</style><span id="clock"></span><h1>{title}</h1>'
          f"<main>{articles}</main><script>{CLOCK}</script>")


main()
