"""Debian's chromium through Playwright."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
_FACE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match></fontconfig>"""
"""A server has no interface font of its own; where Inter is installed it stands for those that visitors have."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless browser that talks to nobody unasked."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(_FACE)
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=FLAGS, env={"FONTCONFIG_FILE": str(fonts), "HOME": folder}
        )
        try:
            yield browser
        finally:
            browser.close()
