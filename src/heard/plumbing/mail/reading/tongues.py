"""What mail readers write round a quotation, in many languages."""

import re

_WROTE = (
    r"wrote|writes|schrieb\b.*|schreef(?: het volgende)?|a écrit|escribió|ha scritto|escreveu"
    r"|napisał(?:\(a\))?|napsal(?:\(a\))?"
    r"|skrev|kirjoitti|написал(?:\(а\))?|пише|пишет|написав|írta|έγραψε|yazdı|schreiben|scrisse|a scris"
    r"|napísal\(a\)|je napisal"
    r"|写道|寫道|のメール|さんは書きました|님이 작성|כתב/ה|كتب|เขียนว่า|đã viết"
)
INTRODUCES = re.compile(rf"(?:\b|\s)(?:{_WROTE})\s*[:：]?\s*$|(?:{_WROTE})", re.IGNORECASE)
"""“On Monday, Heard wrote:”, less what it begins with."""

_ORIGINAL = (
    "original message|original appointment|forwarded message|ursprüngliche nachricht|originalnachricht"
    "|weitergeleitete nachricht"
    "|message d[’']origine|message original|message transféré|mensaje original|mensaje reenviado"
    "|oorspronkelijk bericht"
    "|doorgestuurd bericht|messaggio originale|messaggio inoltrato|mensagem original|oryginalna wiadomość"
    "|wiadomość oryginalna"
    "|původní zpráva|pôvodná správa|oprindelig meddelelse|ursprungligt meddelande|originalmeddelande"
    "|opprinnelig melding"
    "|alkuperäinen viesti|исходное сообщение|оригинал сообщения|eredeti üzenet|orijinal ileti"
    "|mesaj original|原始邮件|元のメッセージ"
)
IS_ORIGINAL = re.compile(rf"[-_ ]{{2,}}\s*(?:{_ORIGINAL})\s*[-_ ]{{2,}}:?", re.IGNORECASE)
"""`-----Original Message-----`."""

_FROM = "from|von|de|van|da|od|fra|från|lähettäjä|от|feladó|kimden|expéditeur|发件人|寄件者|差出人"
_OTHER = (
    "sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date d[’']envoi|à|objet|enviado(?: el)?|fecha"
    "|para|asunto"
    "|verzonden|aan|onderwerp|inviato|a|oggetto|enviada em|assunto|data|wysłano|do|temat|odesláno|komu"
    "|předmět|sendt|til|emne"
    "|skickat|till|ämne|lähetetty|vastaanottaja|aihe|отправлено|кому|тема|дата|elküldve|címzett|tárgy"
    "|gönderilme|kime|konu"
    "|发送时间|收件人|主题|送信日時|宛先|件名"
)
MAIL_HEADERS = re.compile(rf"(?P<name>{_FROM}|{_OTHER})\s?[:：]\s*\S", re.IGNORECASE)
"""`From: …`, `Betreff: …`."""
MUST_STAND = frozenset(_FROM.split("|"))
"""With what the header of a quoted mail begins."""
SUBJECTS = frozenset(
    {
        *("subject", "betreff", "objet", "asunto", "onderwerp", "oggetto", "assunto", "temat", "předmět", "emne"),
        *("ämne", "aihe", "тема", "tárgy", "konu", "主题", "件名"),
    }
)
"""What it says too, unlike a list of one's own of who goes from where to where."""

_DEVICE = (
    r"iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|pixel|blackberry|outlook|gmail|yahoo|mail"
    r"|windows|ios|proton"
    r"|handy|smartphone|mobile|mobil|móvil|telefoon|telefon|téléphone|telefono|tablet|phone|mobiltelefon"
    r"|telefone|телефон"
)
_SENT = (
    r"sent (?:from|via|with)|get outlook|von mein|von meinem|gesendet (?:von|mit|über)"
    r"|diese nachricht wurde von|hol dir outlook"
    r"|outlook für|envoyé (?:de|depuis|à partir)|obtenir outlook|téléchargez outlook|enviado (?:desde|do|de"
    r"|a partir)|obtener outlook"
    r"|verzonden (?:vanaf|met|via)|verstuurd (?:vanaf|met|via)|download outlook|outlook voor|inviato da"
    r"|scarica outlook|obter o outlook"
    r"|wysłan[eo] z|skickat från|hämta outlook|sendt fra|hent outlook|lähetetty|отправлено (?:с|из)"
    r"|odesláno z|odoslané z"
    r"|küldve|trimis de pe|gönderildi"
)
IS_SENT_FROM = re.compile(rf"[\[(<]?(?:{_SENT})\b.{{0,60}}?(?:{_DEVICE}).{{0,40}}", re.IGNORECASE)
"""“Sent from my iPhone”, as a whole line."""
