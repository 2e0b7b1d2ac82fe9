"""What a tab or a subject must not say: the words by which somebody beside the reader knows the topic."""

import re

TOPIC = re.compile(
    r"traffick|exploit|abus|victim|survivor|sex|danger|worr|safety|police|hotline|tip line"
    r"|trata\b|explota|víctima|sobrevivi|peligro|preocup|segurid|policía|denuncia",
    re.IGNORECASE,
)


def names_the_topic(text: str) -> bool:
    """Whether the words give away what a page is about."""
    return bool(TOPIC.search(text))
