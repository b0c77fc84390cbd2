"""The invitation's words in both languages, with all the inserts the product asks for."""

from __future__ import annotations

from dataclasses import dataclass

from demo.world.sheets import read_sheet


@dataclass(frozen=True, slots=True)
class Letter:
    """A template; an empty line stands between the paragraphs of what is sent."""

    language: str
    name: str
    subject: str
    body: str
    reminder_subject: str
    reminder: str
    reply: str


def letter(language: str) -> Letter:
    """The invitation in "da" or "en"."""
    section = read_sheet("letters", language)["template"]
    return Letter(
        language=language,
        name=section.facts["name"],
        subject=section.facts["subject"],
        body="\n\n".join(section.texts("body")),
        reminder_subject=section.facts["reminder"],
        reminder="\n\n".join(section.texts("reminder")),
        reply=section.texts("reply")[0],
    )


LETTERS = tuple(letter(language) for language in ("da", "en"))
