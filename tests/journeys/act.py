"""The rules the Danish supervisor runs: QualWeb's ACT rules, in the page as it is (A1).

QualWeb is made for a browser of its own. Its rules are a script, and need neither that nor its
words: they say by a rule's number and name what is amiss, and by a selector where.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

VENDOR = Path(__file__).parent.parent / "vendor/qualweb"
SCRIPTS = ("qw-page/qw-page.bundle.js", "util/util.bundle.js", "act-rules/act.bundle.js")

# Started anew for every look: what they found out about an element they remember for good.
BUNDLES = [(VENDOR / script).read_text(encoding="utf-8") for script in SCRIPTS]
WRAPPED = "".join(f"(function () {{{bundle}\n}}).call(window);" for bundle in BUNDLES)
START = f"() => {{ window.startActRules = () => {{{WRAPPED}}}; }}"

FAILED = """(html) => {
  startActRules();
  const words = {"act-rules": {}};
  const runner = new ACTRulesRunner({}, {translate: words, fallback: words});
  const rules = runner.configure({levels: ["A", "AA"]});
  rules.test({sourceHtml: html});
  const asked = ({level}) => level === "A" || level === "AA";
  return Object.values(rules.getReport().assertions)
    .filter(({metadata}) => metadata.outcome === "failed")
    .filter(({metadata}) => metadata["success-criteria"].some(asked))
    .map(({code, name, results}) => `${code}: ${name}\\n` + results
      .filter(({verdict}) => verdict === "failed")
      .flatMap(({resultCode, elements}) => elements.map(
        ({pointer}) => `    ${pointer ?? "the page"} - ${resultCode}`)).join("\\n"));
}"""


def act(page: Page) -> None:
    """Assert that no ACT rule at A or AA fails on ``page`` as it is now; says what and where."""
    with page.watch.looking_away():
        if not page.evaluate("() => 'startActRules' in window"):
            page.evaluate(START)
        failed: list[str] = page.evaluate(FAILED, page.content())
    assert not failed, f"{page.url} at {page.viewport_size}:\n" + "\n".join(failed)
