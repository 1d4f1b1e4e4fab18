"""Whatever leads a citizen out of the service: a link, a domain, a number, a mail address, a handle, an account."""

from core.staff_words import links, named, numbers
from core.staff_words.letters import views

_KEYS = {
    "link": "words_link",
    "mail": "words_mail",
    "account": "words_account",
    "phone": "words_phone",
}


def contact(text: str, public: tuple[str, ...] = ()) -> str | None:
    """The key of the phrase that refuses it; None: nothing of the kind. `public`: the city's own, which may stand."""
    for view in views(text):
        read = named.without(view, public)
        found = links.leads(read) or numbers.reaches(read)
        if found is not None:
            return _KEYS[found]
    return None
