#!/usr/bin/env python3
"""Prints a page of the hub as Chromium would on paper, into a PDF.

    print_page.py ADDRESS COOKIE FILE

COOKIE is name=value. The page's own style sheet says the size of the paper.
"""

import base64
import sys
import tempfile

from look_at_pages import Chromium


def main():
    address, cookie, path = sys.argv[1:4]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        browser = Chromium(own)
        browser.call("Page.enable")
        browser.call("Network.enable")
        name, value = cookie.split("=", 1)
        browser.call("Network.setCookie", name=name, value=value, url=address)
        browser.open(address, 1280)
        pdf = browser.call("Page.printToPDF", preferCSSPageSize=True,
                           printBackground=False)["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(pdf))
        browser.close()


if __name__ == "__main__":
    main()
