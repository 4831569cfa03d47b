#!/usr/bin/env python3
"""Opens pages of the hub in Chromium and measures what a person would notice.

    look_at_pages.py ADDRESS COOKIE FOLDER PATH...

COOKIE is name=value; FOLDER, where it is not "", gets a picture of each page at
1280 and at 390 pixels. Prints one line for every fault, at 320 pixels (WCAG 2.2
1.4.10 Reflow) and at 1280; silence is success.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile

FAULTS = r"""
(() => {
  const faults = [];
  const seen = e => e.checkVisibility({visibilityProperty: true}) &&
      !e.closest('.unseen, .skip');
  const name = e => e.tagName.toLowerCase() + ' "' +
      (e.innerText || e.name || e.id).trim().slice(0, 40) + '"';
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) faults.push(`is ${wide} px wide`);
  if (document.querySelectorAll('h1').length != 1) faults.push('h1 is not one');
  if (document.querySelectorAll('main').length != 1) faults.push('main is not one');
  if (!document.documentElement.lang) faults.push('has no language');
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of ids)
    if (ids.indexOf(id) != ids.lastIndexOf(id)) faults.push(`id ${id} is twice`);
  for (const e of document.querySelectorAll('a, button, summary, input, select, textarea')) {
    if (!seen(e) || e.type == 'hidden') continue;
    const box = (/checkbox|radio/.test(e.type) && e.closest('label') || e).getBoundingClientRect();
    if (box.height < 43.9 || box.width < 43.9)
      faults.push(`${name(e)} is ${Math.round(box.width)} x ${Math.round(box.height)}`);
    if (/INPUT|SELECT|TEXTAREA/.test(e.tagName) && !e.labels.length)
      faults.push(`${name(e)} has no label`);
    for (const id of (e.getAttribute('aria-describedby') || '').split(' '))
      if (id && !document.getElementById(id)) faults.push(`${name(e)}: no #${id}`);
  }
  const light = c => {
    const [r, g, b] = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const read = s => s.match(/[\d.]+/g).map(Number);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = read(getComputedStyle(e).backgroundColor);
      if (c.length == 3 || c[3] == 1) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = walker.nextNode();) {
    const e = n.parentElement;
    if (!n.data.trim() || !seen(e)) continue;
    const a = light(read(getComputedStyle(e).color).slice(0, 3)), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 7) faults.push(`${name(e)} has contrast ${ratio.toFixed(1)}`);
  }
  return faults;
})()
"""


class Chromium:
    """The DevTools protocol over a pipe: JSON with a NUL behind it."""

    def __init__(self, folder):
        ours_in, theirs_out = os.pipe()
        theirs_in, self.out = os.pipe()
        self.into = os.fdopen(ours_in, "rb", buffering=0)

        def hand_over():
            # The protocol is on 3 and 4, whatever these pipes are.
            low, high = os.dup2(theirs_in, 33), os.dup2(theirs_out, 44)
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
             "--no-first-run", "--hide-scrollbars", "--force-color-profile=srgb",
             "--user-data-dir=" + folder, "--remote-debugging-pipe",
             "about:blank"],
            preexec_fn=hand_over, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.number = 0
        self.rest = b""
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]

    def read(self):
        while b"\0" not in self.rest:
            more = self.into.read(65536)
            if not more:
                sys.exit("Chromium has ended")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]

    def open(self, address, width):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=address)
        while self.read().get("method") != "Page.loadEventFired":
            pass
        self.run("document.fonts.ready.then(() => 0)")

    def run(self, script):
        return self.call("Runtime.evaluate", expression=script,
                         awaitPromise=True, returnByValue=True
                         )["result"].get("value")

    def picture(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": size["width"],
                               "height": max(size["height"], 600), "scale": 1})
        with open(path, "wb") as f:
            f.write(base64.b64decode(shot["data"]))

    def close(self):
        self.process.terminate()
        self.process.wait()


def main():
    address, cookie, folder = sys.argv[1:4]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        browser = Chromium(own)
        browser.call("Page.enable")
        browser.call("Network.enable")
        if cookie:
            name, value = cookie.split("=", 1)
            browser.call("Network.setCookie", name=name, value=value,
                         url=address)
        for path in sys.argv[4:]:
            for width in (320, 390, 1280):
                browser.open(address + path, width)
                if width != 390:
                    for fault in browser.run(FAULTS):
                        print(f"{path} at {width}: {fault}")
                if width != 320 and folder:
                    name = path.strip("/").replace("/", "-") or "first"
                    browser.picture(f"{folder}/{name[:40]}-{width}.png")
        browser.close()


if __name__ == "__main__":
    main()
