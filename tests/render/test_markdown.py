"""What people write becomes markup in which nothing runs and nothing comes from elsewhere."""

import time

import pytest

from functions.render.markdown import markdown, plain

LINK = '<a href="{}" rel="nofollow ugc noopener">{}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We **know**.", "<p>We <strong>know</strong>.</p>"),
        ("# Why", "<h3>Why</h3>"),
        ("###### Deep", "<h6>Deep</h6>"),
        ("[a](https://a.example/?x=1&y=2)", f"<p>{LINK.format('https://a.example/?x=1&amp;y=2', 'a')}</p>"),
        ("[m](mailto:ops@a.example)", f"<p>{LINK.format('mailto:ops@a.example', 'm')}</p>"),
        ("![cat](https://a.example/x.png)", f"<p>{LINK.format('https://a.example/x.png', 'cat')}</p>"),
        ("![](https://a.example/x.png)", f"<p>{LINK.format('https://a.example/x.png', 'https://a.example/x.png')}</p>"),
        ("[![in](https://a.example/i.png)](https://b.example)", f"<p>{LINK.format('https://b.example', 'in')}</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("```x\n<b>\n```", '<pre tabindex="0"><code>&lt;b&gt;\n</code></pre>'),
        ("|a|\n|:-:|\n|b|", "<th>a</th>"),
    ],
)
def test_it_is_commonmark_with_what_incidents_need(text: str, expected: str) -> None:
    """Headings begin below the page's own; images are links; alignment, which would be a style, is left out."""
    assert expected in markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>b</b>",
        "<!-- x -->",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](//evil.example)",
        "[a](/relative)",
        "[a](http\x00://evil.example)",
        "![a](data:image/svg+xml,<svg/onload=x>)",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_what_could_run_or_lead_astray_stays_text(text: str) -> None:
    """No element comes of it but the paragraph."""
    made = str(markdown(text)).replace("<p>", "").replace("</p>", "")
    assert "<" not in made


def test_the_words_alone_fit_on_a_line() -> None:
    """For the index, which has no room for more."""
    text = "# Cards\n\nOf **one** [bank](https://a.example):\n\n- none `works`\n- ![cat](https://a.example/x)\n\n```\nx\n```"
    assert plain(text, limit=200) == "Cards Of one bank: none works cat x"
    assert plain(text, limit=12) == "Cards Of on…"


@pytest.mark.parametrize("piece", ["[", "![", "> ", "*a ", "`", "<a ", "[a](", "- ", "_*", "|a", "&#"])
def test_text_that_is_meant_to_be_slow_is_not(piece: str) -> None:
    """An update of the greatest length, on a machine that others use as well."""
    started = time.process_time()
    markdown(piece * (8_000 // len(piece)))
    assert time.process_time() - started < 5
