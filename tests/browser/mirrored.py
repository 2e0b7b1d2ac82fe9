"""A language that nobody speaks: a page's own words in Hebrew letters, read from the right. For tests alone.

It keeps the length of each word, the numbers and the signs, so that whatever does not turn with the page is seen.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

AS_IT_IS, MIRRORED = "as it is", "read from the right"
TURN = r"""() => {
  const letters = "אבגדהוזחטיכלמנסעפצקרשתםןךף";
  const turned = (text) => text.normalize("NFD").replace(/\p{M}/gu, "")
    .replace(/[a-z]/gi, (letter) => letters[letter.toLowerCase().charCodeAt(0) - 97]);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), before = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest("script, textarea")) continue;
    before.push([text, text.data]);
    text.data = turned(text.data);
  }
  document.documentElement.dir = "rtl";
  window.turnBack = () => {
    before.forEach(([text, was]) => { text.data = was; });
    document.documentElement.dir = "ltr";
  };
}"""


def mirrored(page: Page) -> Iterator[str]:
    """The page twice: as it is, then in the mirrored language. Afterwards it is as it was."""
    yield AS_IT_IS
    page.evaluate(TURN)
    yield MIRRORED
    page.evaluate("window.turnBack()")
