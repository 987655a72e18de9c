"""How clients set off a whole earlier message: separators and header blocks."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

import re
from collections.abc import Sequence
from typing import Final

# What stands between dashes above an original that is answered …
_ORIGINALS: Final = (
    "Original Message",
    "Original Text",
    "Reply Message",
    "Reply to Message",
    "Original-Nachricht",
    "Originalnachricht",
    "Ursprüngliche Nachricht",
    "Ursprüngliche Mail",
    "Message d'origine",
    "Message d’origine",
    "Message original",
    "Mensaje original",
    "Missatge original",
    "Messaggio originale",
    "Mensagem original",
    "Oorspronkelijk bericht",
    "Oorspronkelijke bericht",
    "Oprindelig meddelelse",
    "Originalmeddelande",
    "Ursprungligt meddelande",
    "Opprinnelig melding",
    "Alkuperäinen viesti",
    "Wiadomość oryginalna",
    "Oryginalna wiadomość",
    "Původní zpráva",
    "Původní e-mail",
    "Pôvodná správa",
    "Eredeti üzenet",
    "Mesaj original",
    "Mesajul original",
    "Özgün ileti",
    "Orijinal mesaj",
    "Исходное сообщение",
    "Оригинальное сообщение",
    "Оригінальне повідомлення",
    "Αρχικό μήνυμα",
    "原始邮件",
    "原邮件",
    "原始郵件",
    "元のメッセージ",
    "원본 메시지",
    "원본 메일",
    "Pesan asli",
    "Tin nhắn gốc",
)

# … and above one that is passed on: that is what the sender wants to be read.
_FORWARDS: Final = (
    "Forwarded Message",
    "Forwarded by",
    "Begin forwarded message",
    "Weitergeleitete Nachricht",
    "Anfang der weitergeleiteten Nachricht",
    "Message transféré",
    "Message transmis",
    "Début du message transféré",
    "Début du message réexpédié",
    "Mensaje reenviado",
    "Inicio del mensaje reenviado",
    "Messaggio inoltrato",
    "Inizio messaggio inoltrato",
    "Mensagem encaminhada",
    "Mensagem reencaminhada",
    "Doorgestuurd bericht",
    "Begin doorgestuurd bericht",
    "Videresendt meddelelse",
    "Vidarebefordrat meddelande",
    "Vidaresänt meddelande",
    "Videresendt melding",
    "Välitetty viesti",
    "Przekazana wiadomość",
    "Wiadomość przekazana",
    "Přeposlaná zpráva",
    "Preposlaná správa",
    "Továbbított üzenet",
    "Mesaj redirecționat",
    "İletilmiş mesaj",
    "İletilen ileti",
    "Пересылаемое сообщение",
    "Пересланное сообщение",
    "Переслане повідомлення",
    "Προωθημένο μήνυμα",
    "转发的邮件",
    "轉寄的郵件",
    "转发邮件",
    "転送メッセージ",
    "전달된 메시지",
)

# The labels of a header block that a client writes above an original, by what they say.
_LABELS: Final = {
    "from": (
        "From|Von|De|De la|Da|Van|Från|Fra|Lähettäjä|Od|Feladó|Kimden|Gönderen|От"
        "|От кого|Від|Από|发件人|寄件者|差出人|보낸 사람|보낸사람|Dari|Từ|Expéditeur"
        "|Mittente"
    ),
    "date": (
        "Date|Datum|Dato|Data|Fecha|Dátum|Tarih|Дата|Ημερομηνία|日期|日付|날짜"
        "|Päivämäärä|Päiväys|Ngày|Tanggal"
    ),
    "sent": (
        "Sent|Gesendet|Envoyé|Envoyé le|Enviado|Enviado el|Enviado em|Enviada em|Enviat"
        "|Inviato|Verzonden|Skickat|Sendt|Lähetetty|Wysłano|Wysłane|Odesláno|Odoslané"
        "|Elküldve|Küldve|Trimis|Gönderildi|Gönderme Tarihi|Отправлено|Надіслано"
        "|Απεστάλη|发送时间|傳送時間|寄件日期|送信日時|보낸 날짜|Terkirim|Đã gửi"
    ),
    "to": (
        "To|An|À|A|Para|Per|Aan|Till|Til|Vastaanottaja|Do|Komu|Címzett|Către|Kime|Кому"
        "|Προς|收件人|收件者|宛先|받는 사람|받는사람|Kepada|Đến"
        "|Destinataire|Destinatario"
    ),
    "cc": "Cc|CC|Kopie|Kopia|Kopi|Copie à|Копия|Κοιν|抄送|副本|참조|DW",
    "subject": (
        "Subject|Betreff|Objet|Asunto|Assumpte|Oggetto|Assunto|Onderwerp|Ämne|Emne|Aihe"
        "|Temat|Předmět|Predmet|Tárgy|Subiect|Konu|Тема|Θέμα|主题|主旨|件名|제목|Perihal"
        "|Subjek|Tiêu đề|Chủ đề"
    ),
}


def _between_dashes(phrases: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases))
    return re.compile(
        rf"[\s*]*(?:[-_=]{{2,}}\s*(?:{words})(?:[\s:].{{0,60}})?[-_=\s:]*"
        rf"|(?:{words})\s*[:：]|(?:{words})\s*[-_=]{{2,}})[\s*]*",
        re.IGNORECASE,
    )


_ORIGINAL: Final = _between_dashes(_ORIGINALS)
_FORWARD: Final = _between_dashes(_FORWARDS)
_LABEL: Final = re.compile(
    r"[\s*_]*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")[\s*_]{0,3}[:：][\s*_]*(?P<value>.*)"
)
_RULE: Final = re.compile(r"\s*[-_=*]{5,}\s*")
_ADDRESS: Final = re.compile(r"[^\s<>@:]@[^\s<>@]")

_DRAWN: Final = frozenset("-_=*:：")
_LABEL_LENGTH_MAX: Final = 40
_BLOCK_LINES_MAX: Final = 14
_LINE_LENGTH_MAX: Final = 1000
_SEPARATOR_LENGTH_MAX: Final = 160


def is_original(line: str) -> bool:
    """Whether everything below is an earlier message: "-----Original Message-----"."""
    return _may_separate(line) and bool(_ORIGINAL.fullmatch(line))


def is_forward(line: str) -> bool:
    """Whether what follows is passed on, so that it belongs to the message."""
    return _may_separate(line) and bool(_FORWARD.fullmatch(line))


def _may_separate(line: str) -> bool:
    """Cheap: most lines have no dashes and no colon at their ends, or are too long."""
    return (line[:1] in _DRAWN or line[-1:] in _DRAWN) and len(
        line
    ) <= _SEPARATOR_LENGTH_MAX


def is_rule(line: str) -> bool:
    """A line of dashes or underscores alone, as Outlook draws above an original."""
    return len(line) <= _SEPARATOR_LENGTH_MAX and bool(_RULE.fullmatch(line))


def is_header_block(lines: Sequence[str], start: int) -> bool:
    """
    Whether a block of From, Sent, To, Subject begins at this line.

    It begins with a sender or a date, and either names what only mail has or holds an
    address: a timetable has From, To and Date too.
    """
    label = _label(lines[start])
    if label is None or label[0] not in {"from", "date", "sent"}:
        return False
    kinds = {label[0]}
    has_address = bool(_ADDRESS.search(label[1]))
    misses = 0
    for line in lines[start + 1 : start + _BLOCK_LINES_MAX]:
        label = _label(line)
        if label is None:
            # A folded value, or the block's end.
            misses += 1
            if misses > 1 or not line.strip():
                break
        elif label[0] in kinds and label[0] != "cc":
            break
        else:
            misses = 0
            kinds.add(label[0])
        has_address = has_address or bool(_ADDRESS.search(line[:_LINE_LENGTH_MAX]))
    if "from" in kinds and kinds & {"sent", "subject"} and len(kinds) >= 3:
        return True
    return has_address and len(kinds) >= 2 and kinds != {"date", "sent"}


def _label(line: str) -> tuple[str, str] | None:
    head = line[:_LABEL_LENGTH_MAX]
    if ":" not in head and "：" not in head:
        return None
    match = _LABEL.match(line[:_LINE_LENGTH_MAX])
    if match is None:
        return None
    kind = next(kind for kind in _LABELS if match[kind] is not None)
    return kind, match["value"]
