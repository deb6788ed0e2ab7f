"""Which mail was written by a machine: such is never answered and never posted, so that no two machines talk."""

import re
from email.message import Message

from .headers import header, headers_named

ABSENT = re.compile(
    r"^\W*(?:auto(?:matic|matische|matique|mática|matica)?[ -]?(?:reply|antwort|response|svar)|out of (?:the )?office|"
    r"automatische (?:antwort|reactie)|automatisch antwoord|réponse automatique|respuesta automática|"
    r"risposta automatica|resposta automática|autosvar|automaattinen vastaus|automatyczna odpowiedź|"
    r"automatická odpověď|автоответ|"
    r"abwesenheit(?:snotiz|smeldung)?|afwezig(?:heid)?|absence du bureau|absent du bureau|fuera de (?:la )?oficina|"
    r"fuori sede|fuori ufficio|ausente|frånvaro|fraværende|poza biurem|nieobecność|vacation|on (?:annual )?leave)\b",
    re.IGNORECASE,
)


def automatic_because(message: Message, envelope_sender: str | None) -> str:
    """By what a mail shows that no person wrote it, or nothing."""
    if envelope_sender == "" or header(message, "Return-Path").strip() == "<>":
        return "it has no sender to answer to"
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        return "Auto-Submitted"
    if header(message, "Precedence").strip().lower() in {"bulk", "junk", "list", "auto_reply"}:
        return "Precedence"
    for name in (
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-AutoReply-From",
        "List-Id",
        "X-Loop",
        "Feedback-ID",
    ):
        if headers_named(message, name):
            return name
    if message.get_content_type() == "multipart/report" or header(message, "X-Failed-Recipients"):
        return "a report"
    if ABSENT.match(header(message, "Subject")):
        return "it says that somebody is away"
    return ""
