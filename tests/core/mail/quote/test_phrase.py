"""One row for what a client writes, in the language and the form in which it does."""

import textwrap

import pytest

from mailbot_server.core.mail.quote import Method, split

NEW = "Thanks, that is fine.\n\nBob"
WHO = "Ann Lee <ann@example.com>"

CERTAIN = [
    "Ann Lee kirjoitti 2.4.2012 klo 18.26:",
    "Ann Lee schreef op 2012-04-02 18:26:",
    "Ann Lee escreveu em 2012-04-02 18:26:",
    "Ann Lee skrev den 2012-04-02 18:26:",
    f"On Mon, Apr 2, 2012 at 6:26 PM, {WHO} said:",
    f"On Mon, Apr 2, 2012 at 6:26 PM {WHO} wrote:",
    f"Am Mo., 2. Apr. 2012 um 18:26 Uhr schrieb {WHO}:",
    f"Le lun. 2 avr. 2012 à 18:26, {WHO} a écrit :",
    "El lun, 2 abr 2012 a las 18:26, Ann Lee (<ann@example.com>) escribió:",
    f"Il giorno lun 2 apr 2012 alle ore 18:26 {WHO} ha scritto:",
    f"Em seg., 2 de abr. de 2012 às 18:26, {WHO} escreveu:",
    f"{WHO} escreveu no dia segunda, 2/04/2012 à(s) 18:26:",
    f"Op ma 2 apr 2012 om 18:26 schreef {WHO}:",
    f"Den mån 2 apr. 2012 kl 18:26 skrev {WHO}:",
    f"Den man. 2. apr. 2012 kl. 18.26 skrev {WHO}:",
    f"man. 2. apr. 2012 kl. 18:26 skrev {WHO}:",
    "ma 2. huhtik. 2012 klo 18.26 Ann Lee (ann@example.com) kirjoitti:",
    f"pon., 2 kwi 2012 o 18:26 {WHO} napisał(a):",
    f"po 2. 4. 2012 v 18:26 odesílatel {WHO} napsal:",
    f"po 2. 4. 2012 o 18:26 {WHO} napísal(a):",
    f"{WHO} ezt írta (időpont: 2012. ápr. 2., H, 18:26):",
    f"În lun., 2 apr. 2012 la 18:26, {WHO} a scris:",
    f"{WHO}, 2 Nis 2012 Pzt, 18:26 tarihinde şunu yazdı:",
    f"пн, 2 апр. 2012 г. в 18:26, {WHO}:",
    f"пн, 2 квіт. 2012 р. о 18:26 {WHO} пише:",
    f"Στις Δευ 2 Απρ 2012 στις 6:26 μ.μ., ο/η {WHO} έγραψε:",
    "\u202bבתאריך יום ב׳, 2 באפר׳ 2012 ב-18:26 מאת \u202aAnn Lee\u202c\u200f <\u202aann@example.com\u202c\u200f>:\u202c",
    f"في الاثنين، 2 أبريل 2012 في 6:26 م تمت كتابة ما يلي بواسطة {WHO}:",
    f"2012年4月2日(月) 18:26 {WHO}:",
    f"{WHO} 于2012年4月2日周一 18:26写道：",
    f"{WHO} 於 2012年4月2日 週一 下午6:26寫道：",
    f"星期一, 四月 2, 2012 6:26 晚上，{WHO} 来信：",
    f"---- 在 星期一, 02 四月 2012 18:26:00 +0800 {WHO} 撰写 ----",
    "Ann Lee (<ann@example.com>) 在 2012年4月2日星期一 下午06:26:00 [GMT+8] 寫道：",
    f"2012년 4월 2일 (월) 오후 6:26, {WHO}님이 작성:",
    f"Vào Th 2, 2 thg 4, 2012 vào lúc 18:26 {WHO} đã viết:",
    f"Pada tanggal Sen, 2 Apr 2012 pukul 18.26 {WHO} menulis:",
    f"ในวันที่ จ. 2 เม.ย. 2012 เวลา 18:26 {WHO} เขียนว่า:",
    f"На пн, 2.04.2012 г. в 18:26 {WHO} написа:",
    f"pon, 2. tra 2012. u 18:26 {WHO} napisao je:",
    f"пон, 2. апр 2012. у 18:26 {WHO} је написао/ла:",
    f"V V pon., 2. apr. 2012 ob 18:26 je oseba {WHO} napisala:",
    f"2012-04-02, pr, 18:26 {WHO} rašė:",
    "pirmd., 2012. g. 2. apr., plkst. 18:26 — lietotājs Ann Lee (<ann@example.com>) rakstīja:",
    "Kontakt Ann Lee (<ann@example.com>) kirjutas kuupäeval E, 2. aprill 2012 kell 18:26:",
    f"Missatge de {WHO} del dia dl., 2 d’abr. 2012 a les 18:26:",
    f"सोम, 2 अप्रैल 2012 को 6:26 pm बजे को {WHO} ने लिखा:",
    f"در تاریخ دوشنبه ۲ آوریل ۲۰۱۲، ۱۸:۲۶ {WHO} نوشت:",
    f"2012/4/2 {WHO}",
    f"সোম, ২ এপ্রিল, ২০১২ তারিখে ৬:২৬ PM টায় তারিখে {WHO} লিখেছেন:",
    f"Mnamo Jtt, 2 Apr 2012 saa 18:26 {WHO} aliandika:",
    f"O lun, 2 abr 2012 ás 18:26, {WHO} escribiu:",
    f"Ar 02/04/2012 18:26, ysgrifennodd {WHO}:",
    f"Þann mán., 2. apr. 2012 kl. 18:26 skrifaði {WHO}:",
    "In a message dated 4/2/2012 6:26:00 PM Eastern Standard Time, ann@example.com writes:",
    f"2012-04-02 18:26 GMT+02:00 {WHO}:",
    f"On 2 Apr 2012, at 18:26, {WHO} wrote:",
    f"Am 02.04.2012 um 18:26 schrieb {WHO}:",
    f"Il giorno 02 apr 2012, alle ore 18:26, {WHO} ha scritto:",
    f"Op 2 apr. 2012, om 18:26 heeft {WHO} het volgende geschreven:",
    f"2 apr. 2012 kl. 18:26 skrev {WHO}:",
    f"{WHO} kirjoitti 2.4.2012 kello 18.26:",
    f"Wiadomość napisana przez {WHO} w dniu 2 kwi 2012, o godz. 18:26:",
    f"2. 4. 2012 v 18:26, {WHO}:",
    f"2012. ápr. 2. dátummal, 18:26 időpontban {WHO} írta:",
    f"2 апр. 2012 г., в 18:26, {WHO} написал(а):",
    f"2 квіт. 2012 р. о 18:26 {WHO} написав(-ла):",
    f"{WHO} şunları yazdı (2 Nis 2012 18:26):",
    f"2012/04/02 18:26、{WHO}のメール:",
    f"在 2012年4月2日，18:26，{WHO} 写道：",
    f"2012. 4. 2. 오후 6:26, {WHO} 작성:",
    f"2 Απρ 2012, 18:26, ο χρήστης «{WHO}» έγραψε:",
    "\u200fב-2 באפר׳ 2012, בשעה 18:26, \u200f\u200fAnn Lee \u200f<ann@example.com> כתב/ה:",
    f"في ٢ أبريل ٢٠١٢، الساعة ٦:٢٦ م، كتب {WHO}:",
    f"Vào 18:26, 2 thg 4, 2012, {WHO} đã viết:",
    f"Pe 2 apr. 2012, la 18:26, {WHO} a scris:",
    f"Dňa 2. 4. 2012 o 18:26 {WHO} napísal/-a:",
    "On 4/2/2012 6:26 PM, Ann Lee wrote:",
    "Am 02.04.2012 um 18:26 schrieb Ann Lee:",
    "Le 02/04/2012 à 18:26, Ann Lee a écrit :",
    "El 02/04/2012 a las 18:26, Ann Lee escribió:",
    "Il 02/04/2012 18:26, Ann Lee ha scritto:",
    "Às 18:26 de 02/04/2012, Ann Lee escreveu:",
    "Op 2-4-2012 om 18:26 schreef Ann Lee:",
    "W dniu 02.04.2012 o 18:26, Ann Lee pisze:",
    "Dne 2.4.2012 v 18:26 Ann Lee napsal(a):",
    "Den 2012-04-02 kl. 18:26, skrev Ann Lee:",
    "Den 02.04.2012 18:26, skrev Ann Lee:",
    "2012. 04. 02. 18:26 keltezéssel, Ann Lee írta:",
    "02.04.2012 18:26, Ann Lee пишет:",
    "(2012/04/02 18:26), Ann Lee wrote:",
    "於 2012/4/2 18:26, Ann Lee 提到:",
    "2012-04-02 오후 6:26에 Ann Lee 이(가) 쓴 글:",
    "2.04.2012 18:26 tarihinde Ann Lee yazdı:",
    "La 02.04.2012 18:26, Ann Lee a scris:",
    "\u202bבתאריך 02/04/2012 18:26, \u202aAnn Lee\u202c כתב:\u202c",
    f"On Monday, April 2, 2012, 06:26:00 PM GMT+2, {WHO} wrote:",
    f"Am Montag, 2. April 2012 um 18:26:00 MESZ hat {WHO} Folgendes geschrieben:",
    f"En lunes, 2 de abril de 2012, 18:26:00 CEST, {WHO} escribió:",
    f"Il lunedì 2 aprile 2012 alle ore 18:26:00 CEST, {WHO} ha scritto:",
    'On Mon, Apr 2, 2012 at 6:26 PM -0700, "Ann Lee" <ann@example.com> wrote:',
    f"On Monday, April 2nd, 2012 at 6:26 PM, {WHO} wrote:",
    "2 Apr 2012, 18:26 by ann@example.com:",
    "2. Apr. 2012, 18:26 von ann@example.com:",
    f"---- On Mon, 02 Apr 2012 18:26:00 +0200 {WHO} wrote ---",
    f"---- On Mon, 02 Apr 2012 18:26:00 +0200 {WHO} wrote ----",
    f"---- Am Mo., 02 Apr. 2012 18:26:00 +0200 {WHO} schrieb ----",
    f"Понедельник, 2 апреля 2012, 18:26 +03:00 от {WHO}:",
    '02.04.2012, 18:26, "Ann Lee" <ann@example.com>:',
    "On Monday, 2 April 2012 18:26:00 CEST Ann Lee wrote:",
    "Am Montag, 2. April 2012, 18:26:00 CEST schrieb Ann Lee:",
    "On Mon, 2012-04-02 at 18:26 +0200, Ann Lee wrote:",
    "Am Montag, den 02.04.2012, 18:26 +0200 schrieb Ann Lee:",
    "On Mon, Apr 02, 2012 at 06:26:00PM +0200, Ann Lee wrote:",
    "On 2012-04-02 18:26, Ann Lee wrote:",
    "Am 2012-04-02 18:26, schrieb Ann Lee:",
    "El 2012-04-02 18:26, Ann Lee escribió:",
    f"On April 2, 2012 6:26:26 PM GMT+02:00, {WHO} wrote:",
    f"Am 2. April 2012 18:26:26 MESZ schrieb {WHO}:",
    f"Le 2 avril 2012 18:26:26 GMT+02:00, {WHO} a écrit :",
    'On Apr 2, 2012 18:26, "Ann Lee" <ann@example.com> wrote:',
    f"On 2 April 2012 18:26, {WHO} wrote:",
    "On Mon, 2 Apr 2012, Ann Lee wrote:",
    "At 06:26 PM 4/2/2012, Ann Lee wrote:",
    "At 18:26 02/04/2012 +0200, you wrote:",
    f"{WHO} wrote on Mon, 2 Apr 2012 at 18:26:",
    f"{WHO} schrieb am Mo., 2. Apr. 2012, 18:26:",
    f"{WHO} schrieb am 02.04.2012 18:26:",
    "El lunes, 2 de abril de 2012, Ann Lee escribió:",
    "On Monday, April 2, 2012, Ann Lee wrote:",
    "Op maandag 2 april 2012 schreef Ann Lee (ann@example.com):",
    "понедельник, 2 апреля 2012 г. пользователь Ann Lee написал:",
    f"El El lun, 2 abr 2012 a la(s) 18:26, {WHO} escribió:",
    f"Em seg, 2 de abr de 2012 18:26, {WHO} escreveu:",
    f"Em 2 de abril de 2012 18:26, {WHO} escreveu:",
    f"Dnia 2 kwietnia 2012 18:26 {WHO} napisał(a):",
    f"Dnia pon, 2 kwi 2012 o 18:26 {WHO} napisał(a):",
    f"Pada Sen, 2 Apr 2012 18.26, {WHO} menulis:",
    f"Dana pon, 2. tra 2012. u 18:26 {WHO} je napisao/la:",
    f"Dňa po 2. 4. 2012, 18:26 {WHO} napísal(a):",
    f"Kuupäev E, 2. aprill 2012 kell 18:26 {WHO} kirjutas:",
    'Am 02.04.12 um 18:26 schrieb "Lee, Ann" <ann@example.com>:',
    f"Il giorno lun 2 apr 2012 alle 18:26, {WHO} ha scritto:",
    f"Le lundi 2 avril 2012 à 18:26:00 UTC+2, {WHO} a écrit :",
    'Le 2 avril 2012 à 18:26, "Ann Lee" <ann@example.com> a écrit:',
    "Le 02/04/2012 18:26, « Ann Lee » <ann@example.com> a écrit :",
    'On 02.04.12, 18:26, "Ann Lee" <ann@example.com> wrote:',
    "On Mon, Apr 2, 2012 at 6:26 PM, <ann@example.com> wrote:",
    "On Mon, Apr 2, 2012 at 6:26 PM, Ann Lee <ann@example.com <mailto:ann@example.com>> wrote:",
    f"El 2 de abril de 2012 a las 18:26 {WHO} escribió:",
    f"W dniu pon., 2.04.2012 o 18:26 {WHO} napisał(a):",
    f"pon., 2 kwi 2012, 18:26 użytkownik {WHO} napisał:",
]

WITH_MARKERS = [
    "Ann Lee/ACME wrote on 04/02/2012 06:26:00 PM:",
    "Ann Lee je 02.04.2012 ob 18:26 napisal:",
    f"From {WHO} on 2 Apr 2012, 18:26:",
    f"In message <abc123@example.com>, {WHO} writes:",
    f"Quoting {WHO}:",
    f"Zitat von {WHO}:",
    f"Citando {WHO}:",
    f"{WHO} writes:",
    f"{WHO} wrote:",
    "Ann Lee via Example Forum <ann@example.com> wrote:",
    "Ann Lee, 02.04.2012 18:26:",
    f"* {WHO} [2012-04-02 18:26]:",
]


@pytest.mark.parametrize("line", CERTAIN)
@pytest.mark.parametrize(
    "below",
    [
        "",
        "\n> Hello\n> Bob",
        "\n\n> Hello\n> Bob",
        "\nHello Bob,\n\nlet us meet.\n\nAnn",
    ],
    ids=["nothing", "marked", "gap", "unmarked"],
)
def test_introductions(line, below):
    result = split(f"{NEW}\n\n{line}{below}")
    assert (result.new, result.method) == (NEW, Method.ATTRIBUTION)


@pytest.mark.parametrize("line", CERTAIN + WITH_MARKERS)
def test_introductions_wrapped_above_markers(line):
    wrapped = textwrap.fill(line, 60)
    result = split(f"{NEW}\n\n{wrapped}\n\n> Hello\n> Bob")
    assert (result.new, result.method) == (NEW, Method.ATTRIBUTION)


@pytest.mark.parametrize("line", [x for x in CERTAIN if x.startswith("Ann")])
def test_a_name_above_its_address_belongs_to_the_introduction(line):
    folded = line.replace(" <ann@", "\n<ann@")
    for below in ("\n> Hello\n> Bob", "\n\nHello Bob,\n\nlet us meet."):
        assert split(f"{NEW}\n\n{folded}{below}").new == NEW


@pytest.mark.parametrize("line", WITH_MARKERS)
def test_without_markers_nothing_is_cut(line):
    text = f"{NEW}\n\n{line}\nlet us meet."
    assert split(text).new == text


BLOCKS = {
    "en": (
        "From: Ann Lee <ann@example.com>\n"
        "Sent: Monday, April 2, 2012 6:26 PM\n"
        "To: Bob\n"
        "Subject: Re: x"
    ),
    "en2": (
        "From: Ann Lee [mailto:ann@example.com] \n"
        "Sent: 02 April 2012 18:26\n"
        "To: Bob; Carl\n"
        "Cc: Dora\n"
        "Subject: x"
    ),
    "en-bold": (
        "*From:* Ann Lee <ann@example.com>\n*Sent:* Monday\n*To:* Bob\n*Subject:* Re: x"
    ),
    "en-noaddr": (
        "From: Ann Lee\nSent: Monday, April 2, 2012 6:26 PM\nTo: Bob\nSubject: Re: x"
    ),
    "en-hotmail": (
        "Date: Mon, 2 Apr 2012 18:26:00 +0200\n"
        "Subject: x\n"
        "From: ann@example.com\n"
        "To: bob@example.com"
    ),
    "en-to-first": (
        "To: bob@example.com\nFrom: ann@example.com\nSubject: x\nDate: Mon, 2 Apr 2012"
    ),
    "en-subj": (
        "Subject: x\nFrom: ann@example.com\nDate: Mon, 2 Apr 2012\nTo: bob@example.com"
    ),
    "en-oneline": (
        "From: Ann Lee <ann@example.com> Sent: Monday, April 2, 2012 6:26 PM To: Bob <bob@example.com> Subject: RE: x"
    ),
    "en-apple": (
        "From: Ann Lee <ann@example.com>\n"
        "Date: 2 April 2012 at 18:26:00 CEST\n"
        "To: Bob <bob@example.com>\n"
        "Subject: x"
    ),
    "en-folded": (
        "From: Ann Lee <ann@example.com>\n"
        "Sent: Monday, April 2, 2012 6:26 PM\n"
        "To: Bob <bob@example.com>; Carl <carl@example.com>; \n"
        " Dora <dora@example.com>\n"
        "Subject: Re: x"
    ),
    "en-wrote-in": (
        "From:	Ann Lee <ann@example.com>\n"
        "To:	Bob <bob@example.com>\n"
        "Date:	04/02/2012 06:26 PM\n"
        "Subject:	x"
    ),
    "en-reply": (
        'From: "Ann Lee" <ann@example.com>\n'
        "To: <bob@example.com>\n"
        "Sent: Monday, April 02, 2012 6:26 PM\n"
        "Subject: x"
    ),
    "de": (
        "Von: Ann Lee <ann@example.com>\n"
        "Gesendet: Montag, 2. April 2012 18:26\n"
        "An: Bob\n"
        "Betreff: AW: x"
    ),
    "de-gmx": (
        "Gesendet: Montag, 02. April 2012 um 18:26 Uhr\n"
        'Von: "Ann Lee" <ann@example.com>\n'
        "An: bob@example.com\n"
        "Betreff: x"
    ),
    "de-datum": (
        "Von: Ann Lee\nDatum: Montag, 2. April 2012 um 18:26\nAn: Bob\nBetreff: x"
    ),
    "fr": (
        "De : Ann Lee <ann@example.com>\n"
        "Envoyé : lundi 2 avril 2012 18:26\n"
        "À : Bob\n"
        "Objet : RE: x"
    ),
    "fr-nbsp": (
        "De\u00a0: Ann Lee <ann@example.com>\n"
        "Envoyé\u00a0: lundi 2 avril 2012 18:26\n"
        "À\u00a0: Bob\n"
        "Objet\u00a0: RE: x"
    ),
    "fr-date": (
        "De: Ann Lee <ann@example.com>\n"
        "Date: lundi 2 avril 2012 à 18:26\n"
        "À: Bob\n"
        "Objet: x"
    ),
    "fr-exp": (
        "Expéditeur: Ann Lee <ann@example.com>\n"
        "Date: 2 avril 2012 18:26:00 UTC+2\n"
        "Destinataire: Bob\n"
        "Objet: x"
    ),
    "es": (
        "De: Ann Lee <ann@example.com>\n"
        "Enviado: lunes, 2 de abril de 2012 18:26\n"
        "Para: Bob\n"
        "Asunto: RE: x"
    ),
    "es-el": (
        "De: Ann Lee [mailto:ann@example.com]\n"
        "Enviado el: lunes, 2 de abril de 2012 18:26\n"
        "Para: Bob\n"
        "Asunto: RE: x"
    ),
    "it": (
        "Da: Ann Lee <ann@example.com>\n"
        "Inviato: lunedì 2 aprile 2012 18:26\n"
        "A: Bob\n"
        "Oggetto: R: x"
    ),
    "pt": (
        "De: Ann Lee <ann@example.com>\n"
        "Enviada em: segunda-feira, 2 de abril de 2012 18:26\n"
        "Para: Bob\n"
        "Assunto: RES: x"
    ),
    "pt2": (
        "De: Ann Lee <ann@example.com>\n"
        "Enviado: 2 de abril de 2012 18:26\n"
        "Para: Bob\n"
        "Assunto: RE: x"
    ),
    "nl": (
        "Van: Ann Lee <ann@example.com>\n"
        "Verzonden: maandag 2 april 2012 18:26\n"
        "Aan: Bob\n"
        "Onderwerp: RE: x"
    ),
    "nl-datum": (
        "Van: Ann Lee\nDatum: maandag 2 april 2012 om 18:26\nAan: Bob\nOnderwerp: x"
    ),
    "sv": (
        "Från: Ann Lee <ann@example.com>\n"
        "Skickat: den 2 april 2012 18:26\n"
        "Till: Bob\n"
        "Ämne: Sv: x"
    ),
    "da": (
        "Fra: Ann Lee <ann@example.com>\n"
        "Sendt: 2. april 2012 18:26\n"
        "Til: Bob\n"
        "Emne: SV: x"
    ),
    "no": (
        "Fra: Ann Lee <ann@example.com>\n"
        "Sendt: mandag 2. april 2012 18.26\n"
        "Til: Bob\n"
        "Emne: SV: x"
    ),
    "fi": (
        "Lähettäjä: Ann Lee <ann@example.com>\n"
        "Lähetetty: maanantai 2. huhtikuuta 2012 18.26\n"
        "Vastaanottaja: Bob\n"
        "Aihe: VS: x"
    ),
    "pl": (
        "Od: Ann Lee <ann@example.com>\n"
        "Wysłano: poniedziałek, 2 kwietnia 2012 18:26\n"
        "Do: Bob\n"
        "Temat: RE: x"
    ),
    "cs": (
        "Od: Ann Lee <ann@example.com>\n"
        "Odesláno: pondělí 2. dubna 2012 18:26\n"
        "Komu: Bob\n"
        "Předmět: RE: x"
    ),
    "sk": (
        "Od: Ann Lee <ann@example.com>\n"
        "Odoslané: pondelok 2. apríla 2012 18:26\n"
        "Komu: Bob\n"
        "Predmet: RE: x"
    ),
    "hu": (
        "Feladó: Ann Lee <ann@example.com>\n"
        "Elküldve: 2012. április 2., hétfő 18:26\n"
        "Címzett: Bob\n"
        "Tárgy: RE: x"
    ),
    "ro": (
        "De la: Ann Lee <ann@example.com>\n"
        "Trimis: luni, 2 aprilie 2012 18:26\n"
        "Către: Bob\n"
        "Subiect: RE: x"
    ),
    "tr": (
        "Kimden: Ann Lee <ann@example.com>\n"
        "Gönderildi: 2 Nisan 2012 Pazartesi 18:26\n"
        "Kime: Bob\n"
        "Konu: YNT: x"
    ),
    "ru": (
        "От: Ann Lee <ann@example.com>\n"
        "Отправлено: 2 апреля 2012 г. 18:26\n"
        "Кому: Bob\n"
        "Тема: RE: x"
    ),
    "uk": (
        "Від: Ann Lee <ann@example.com>\n"
        "Надіслано: 2 квітня 2012 р. 18:26\n"
        "Кому: Bob\n"
        "Тема: RE: x"
    ),
    "bg": (
        "От: Ann Lee <ann@example.com>\n"
        "Изпратено: 2 април 2012 18:26\n"
        "До: Bob\n"
        "Относно: x"
    ),
    "el": (
        "Από: Ann Lee <ann@example.com>\n"
        "Στάλθηκε: Δευτέρα, 2 Απριλίου 2012 18:26\n"
        "Προς: Bob\n"
        "Θέμα: x"
    ),
    "he": (
        "\u200fמאת: Ann Lee <ann@example.com>\n"
        "נשלח: יום שני 2 אפריל 2012 18:26\n"
        "אל: Bob\n"
        "נושא: x"
    ),
    "ar": (
        "من: Ann Lee <ann@example.com>\n"
        "تم الإرسال: الاثنين 2 أبريل 2012\n"
        "إلى: Bob\n"
        "الموضوع: x"
    ),
    "ja": (
        "差出人: Ann Lee <ann@example.com>\n"
        "送信日時: 2012年4月2日 18:26\n"
        "宛先: Bob\n"
        "件名: x"
    ),
    "ja2": (
        "From: Ann Lee <ann@example.com>\n"
        "Sent: Monday, April 2, 2012 6:26 PM\n"
        "To: Bob\n"
        "Subject: x"
    ),
    "zh": (
        "发件人: Ann Lee <ann@example.com>\n"
        "发送时间: 2012年4月2日 18:26\n"
        "收件人: Bob\n"
        "主题: x"
    ),
    "zh-full": (
        "发件人：Ann Lee <ann@example.com>\n"
        "发送时间：2012年4月2日 18:26\n"
        "收件人：Bob\n"
        "主题：x"
    ),
    "zh-date": ("发件人： Ann Lee\n日期： 2012-04-02 18:26\n收件人： Bob\n主题： x"),
    "zh-tw": (
        "寄件者: Ann Lee <ann@example.com>\n"
        "寄件日期: 2012年4月2日 下午 06:26\n"
        "收件者: Bob\n"
        "主旨: x"
    ),
    "ko": (
        "보낸 사람: Ann Lee <ann@example.com>\n"
        "보낸 날짜: 2012년 4월 2일 월요일 오후 6:26\n"
        "받는 사람: Bob\n"
        "제목: x"
    ),
    "vi": (
        "Từ: Ann Lee <ann@example.com>\n"
        "Đã gửi: Thứ Hai, 2 Tháng Tư 2012 18:26\n"
        "Đến: Bob\n"
        "Chủ đề: x"
    ),
    "id": (
        "Dari: Ann Lee <ann@example.com>\n"
        "Terkirim: Senin, 2 April 2012 18:26\n"
        "Kepada: Bob\n"
        "Subjek: x"
    ),
    "th": ("จาก: Ann Lee <ann@example.com>\nส่ง: 2 เมษายน 2012 18:26\nถึง: Bob\nเรื่อง: x"),
    "hr": (
        "Šalje: Ann Lee <ann@example.com>\n"
        "Poslano: 2. travnja 2012. 18:26\n"
        "Prima: Bob\n"
        "Predmet: x"
    ),
    "ca": (
        "De: Ann Lee <ann@example.com>\n"
        "Enviat: dilluns, 2 d'abril de 2012 18:26\n"
        "Per a: Bob\n"
        "Assumpte: x"
    ),
    "lt": (
        "Nuo: Ann Lee <ann@example.com>\n"
        "Išsiųsta: 2012 m. balandžio 2 d. 18:26\n"
        "Kam: Bob\n"
        "Tema: x"
    ),
    "et": (
        "Saatja: Ann Lee <ann@example.com>\n"
        "Saatmisaeg: esmaspäev, 2. aprill 2012 18:26\n"
        "Adressaat: Bob\n"
        "Teema: x"
    ),
    "lv": (
        "No: Ann Lee <ann@example.com>\n"
        "Nosūtīts: pirmdiena, 2012. gada 2. aprīlis 18:26\n"
        "Kam: Bob\n"
        "Tēma: x"
    ),
    "ca-outlook": (
        "De: Ann Lee <ann@example.com>\n"
        "Enviat el: dilluns, 2 d’abril de 2012 18:26\n"
        "Per a: Bob\n"
        "Tema: x"
    ),
    "is": (
        "Frá: Ann Lee <ann@example.com>\n"
        "Sent: mánudagur, 2. apríl 2012 18:26\n"
        "Til: Bob\n"
        "Efni: x"
    ),
    "mk": (
        "Од: Ann Lee <ann@example.com>\n"
        "Испратено: 2 април 2012 18:26\n"
        "До: Bob\n"
        "Предмет: x"
    ),
    "zh-table": (
        "| 发件人 | Ann Lee<ann@example.com> |\n"
        "| 日期 | 2012年04月02日 18:26 |\n"
        "| 收件人 | Bob<bob@example.com> |\n"
        "| 主题 | x |"
    ),
    "en-table": (
        "| From | Ann Lee<ann@example.com> |\n"
        "| Date | 04/02/2012 18:26 |\n"
        "| To | Bob<bob@example.com> |\n"
        "| Subject | x |"
    ),
    "xx-rule": (
        "________________________________\n"
        "Xyz: Ann Lee <ann@example.com>\n"
        "Abc: Monday\n"
        "Def: Bob\n"
        "Ghi: x"
    ),
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize(
    "above",
    [
        "\n\n",
        "\n\n________________________________\n",
        "\n\n-----Original Message-----\n",
        "\n\n------------------ Original ------------------\n",
        "\n\n  Original Message  \n",
        "\n\nAnn Lee ---04/02/2012 06:26:00 PM---let us meet\n\n",
    ],
    ids=["nothing", "rule", "separator", "any-words", "no-dashes", "notes"],
)
def test_header_blocks(block, above):
    assert split(f"{NEW}{above}{block}\n\nHello Bob,\n\nlet us meet.").new == NEW


@pytest.mark.parametrize("language", [key for key in BLOCKS if key != "xx-rule"])
def test_header_blocks_with_empty_lines_between(language):
    block = BLOCKS[language]
    spaced = block.replace("\n", "\n\n")
    assert split(f"{NEW}\n\n{spaced}\n\nHello Bob,\n\nlet us meet.").new == NEW


def test_many_recipients_fill_their_lines():
    to = ";\n".join(f"R{n} <r{n}@example.com>" for n in range(6))
    block = f"From: Ann Lee <ann@example.com>\nTo: {to}\nSent: Monday\nSubject: x"
    assert split(f"{NEW}\n\n{block}\n\nlet us meet.").new == NEW


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_header_blocks_with_markers(block):
    marked = block.replace("\n", "\n> ")
    assert split(f"{NEW}\n\n> {marked}\n>\n> Hello Bob").new == NEW


SEPARATORS = [
    "-----Original Message-----",
    "-------- Original message --------",
    "-----Ursprüngliche Nachricht-----",
    "-------- Message d'origine --------",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Mensagem original-----",
    "-----Oorspronkelijk bericht-----",
    "-----Ursprungligt meddelande-----",
    "-----Oprindelig meddelelse-----",
    "-----Opprinnelig melding-----",
    "-----Alkuperäinen viesti-----",
    "-----Wiadomość oryginalna-----",
    "-----Původní zpráva-----",
    "-----Eredeti üzenet-----",
    "-----Mesaj original-----",
    "-----Özgün İleti-----",
    "-----Исходное сообщение-----",
    "-----Αρχικό μήνυμα-----",
    "-----הודעה מקורית-----",
    "-----الرسالة الأصلية-----",
    "------------------ 原始邮件 ------------------",
    "-----元のメッセージ-----",
    "-----원본 메시지-----",
    "\u2010\u2010\u2010\u2010\u2010\u2010\u2010 Original Message \u2010\u2010\u2010\u2010\u2010\u2010\u2010",
    "------- Original Message -------",
    "##- Please type your reply above this line -##",
    "--- Reply above this line ---",
    "---- Please do not write below this line ----",
    "##- この行より上に返信を入力してください -##",
    "##- Kérjük, válaszát e sor fölé írja -##",
    "--- Skriv dit svar over denne linje ---",
    "--- Proszę wpisać odpowiedź powyżej tej linii ---",
    "--- Введите ответ над этой строкой ---",
    "*----- Original Message -----*",
    "----- Reply message -----",
    "------ Originalnachricht ------",
    "-----Original Appointment-----",
    "---- Replied Message ----",
    "---- 回复的原邮件 ----",
    "----邮件原文----",
]


@pytest.mark.parametrize("line", SEPARATORS)
def test_separators(line):
    result = split(f"{NEW}\n\n{line}\n\nHello Bob,\n\nlet us meet.")
    assert (result.new, result.method) == (NEW, Method.SEPARATOR)


DEVICES = [
    "Sent from my iPhone",
    "Sent from my iPad",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from Samsung Mobile",
    "Sent from Yahoo Mail on Android",
    "Sent from Yahoo Mail for iPhone",
    "Get Outlook for iOS",
    "Get Outlook for Android",
    "Get [Outlook for iOS](https://aka.ms/o0ukef)",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Sent from Outlook for Android",
    "Sent from Mail for Windows 10",
    "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows",
    "Sent with Proton Mail secure email.",
    "Sent with [Proton Mail](https://proton.me/) secure email.",
    "Sent from ProtonMail mobile",
    "Sent via BlackBerry from T-Mobile",
    "Sent from my BlackBerry® handheld",
    "\u2063Sent from Nine\u200b",
    "Sent from my BlackBerry 10 smartphone on the Verizon network.",
    "Sent from AOL Mobile Mail",
    "Sent with Spark",
    "Sent via Superhuman",
    "Sent from Gmail Mobile",
    "Sent from my T-Mobile 4G LTE Device",
    "Von meinem iPhone gesendet",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Gesendet von Mail für Windows 10",
    "Gesendet von Outlook für Android",
    "Gesendet mit der GMX Mail App",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Outlook für iOS beziehen",
    "Von Samsung Mobile gesendet",
    "Gesendet von meinem iPad",
    "Envoyé de mon iPhone",
    "Envoyé depuis mon téléphone Orange",
    "Envoyé à partir de Outlook pour iOS",
    "Envoyé depuis l'application Mail Orange",
    "Télécharger Outlook pour Android",
    "Envoyé avec la messagerie sécurisée Proton Mail.",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Enviado desde Correo para Windows",
    "Enviado via iPhone",
    "Obtener Outlook para iOS",
    "Obter o Outlook para Android",
    "Inviato da iPhone",
    "Inviato dal mio iPhone",
    "Inviato da smartphone Samsung Galaxy.",
    "Scarica Outlook per iOS",
    "Verstuurd vanaf mijn iPhone",
    "Verzonden vanuit Outlook voor iOS",
    "Outlook voor Android downloaden",
    "Skickat från min iPhone",
    "Hämta Outlook för iOS",
    "Sendt fra min iPhone",
    "Hent Outlook til iOS",
    "Lähetetty iPhonesta",
    "Hanki Outlook for iOS",
    "Wysłane z iPhone'a",
    "Pobierz program Outlook dla systemu iOS",
    "Odesláno z iPhonu",
    "Odoslané z iPhonu",
    "Elküldve az iPhone-omról",
    "iPhone-omról küldve",
    "Trimis de pe iPhone-ul meu",
    "iPhone'umdan gönderildi",
    "Отправлено с iPhone",
    "Отправлено из Outlook для iOS",
    "Отправлено из мобильной Почты Mail.Ru",
    "Надіслано з iPhone",
    "Στάλθηκε από το iPhone μου",
    "נשלח מה-iPhone שלי",
    "أُرسلت من الـ iPhone",
    "تم الإرسال من الـ iPhone",
    "iPhoneから送信",
    "発信元：iPhone",
    "发自我的 iPhone",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
    "从我的 iPhone 发送",
    "나의 iPhone에서 보냄",
    "iOS용 Outlook 다운로드",
    "Đã gửi từ iPhone của tôi",
    "Dikirim dari iPhone saya",
    "ส่งจาก iPhone ของฉัน",
    "<<sent by galaxy>>",
    "(sent from a phone)",
    "Sent from a mobile device, please excuse typos",
    "Sent from my phone, please excuse any typos.",
    "Enviat des del meu iPhone",
    "Poslano z mojega iPhona",
    "*Sent from my iPhone*",
    "Sent from my Huawei phone",
    "Sent from my Xiaomi",
    "Sent from TypeApp",
    "Sent from BlueMail for Android",
    "Sent from Nine",
    "Sent by MailDroid",
    "Sent from Fastmail",
    "Sent from my Pixel 7",
    "Sent from my Android phone with K-9 Mail. Please excuse my brevity.",
    "Sent from my phone.  Please excuse typos",
    "Sent from my Verizon, Samsung Galaxy smartphone",
    "-------- Sent from my Samsung --------",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet. Bitte entschuldigen Sie meine Kürze.",
    "Envoyé de mon appareil Android avec Courriel K-9 Mail. Veuillez excuser ma brièveté.",
    "Get the Outlook app for iOS",
    "Download the all new AOL app",
    "Ottenere Outlook per iOS",
    "Získejte Outlook pro iOS",
    "iOS için Outlook'u edinin",
    "Αποκτήστε το Outlook για iOS",
    "Dapatkan Outlook untuk iOS",
    "Tải Outlook cho iOS",
    "獲取 iOS 版 Outlook",
    "來自我的 iPhone",
    "使用Zoho Mail发送",
    "Yahoo Mail: Search, organise, conquer",
    "Securely sent with Tutanota",
    "Provenienza: Posta per Windows",
    "Diese E-Mail wurde von Example Antivirus auf Viren geprüft.",
]


@pytest.mark.parametrize("line", DEVICES)
@pytest.mark.parametrize("above", ["\n\n", "\n", "\n\n--\n"])
def test_device_lines(line, above):
    quoted = f"On Mon, 2 Apr 2012 at 18:26, {WHO} wrote:\n\n> Hello"
    for text in (f"{NEW}{above}{line}", f"{NEW}{above}{line}\n\n{quoted}"):
        assert split(text).new == NEW
        assert line in split(text).signature


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "You have a new message from your site.\n\n"
            f"From: {WHO}\nSubject: Opening hours\nMessage: Are you open?",
            id="web-form",
        ),
        pytest.param(
            "New inquiry\n-------------------------\n"
            "Name: Ann\nEmail: ann@example.com\nPhone: 123\nMessage: Hi",
            id="web-form-under-a-rule",
        ),
        pytest.param(
            "The trip:\n\nFrom: Rome\nTo: Paris\nDate: 2 April\nSeat: 7",
            id="timetable",
        ),
        pytest.param(
            "Hi Bob,\n\nAnn Lee wrote on April 2, 2012 at 6:26 PM:\n\nPlease call.",
            id="notification",
        ),
        pytest.param("On 2 April we met. She wrote:\n\nPlease call.", id="prose"),
        pytest.param("Bob\n\nAt 10:30 on 2 April Ann said:\nno", id="prose-with-time"),
        pytest.param("To do:\n\n- Milk\n\n-Bread", id="list"),
        pytest.param(
            "It was sent from my office.\nSent from my side too, ok?", id="sent"
        ),
        pytest.param("Part one\n\n-----\n\nPart two", id="rule"),
        pytest.param("a\n*****\nRead this\n*****", id="box"),
    ],
)
def test_what_a_person_or_a_program_writes_is_left(text):
    result = split(text)
    assert (result.new, result.quoted, result.signature) == (text, "", "")
