import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.quote.attribution import (
    Attribution,
    find,
    may_end,
    split_quoted,
    split_shared,
)

WHO = "Ann Lee <ann@example.com>"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            f"On Mon, Apr 2, 2012 at 6:26 PM, {WHO} wrote:", id="english-gmail"
        ),
        pytest.param(
            "On 04/02/2012 06:26 PM, Ann Lee wrote:", id="english-thunderbird"
        ),
        pytest.param("On Apr 3, 2012, at 4:19 PM, Ann wrote:", id="english-apple"),
        pytest.param(f"On 11-Apr-2011, at 6:54 PM, {WHO} sent:", id="english-sent"),
        pytest.param("*On Mon, Apr 2, 2012 at 6:26 PM, Ann wrote:*", id="english-bold"),
        pytest.param("---- Ann Lee wrote ----", id="english-android"),
        pytest.param("Ann Lee kirjoitti 5.3.2024 klo 10.12:", id="finnish-time-last"),
        pytest.param("Ann Lee schreef op 2024-03-05 10:12:", id="dutch-time-last"),
        pytest.param(
            f"Am Mo., 2. Apr. 2012 um 18:26 Uhr schrieb {WHO}:", id="german-gmail"
        ),
        pytest.param(
            "Am 02.04.2012 um 18:26 schrieb Ann Lee:", id="german-thunderbird"
        ),
        pytest.param(f"Le lun. 2 avr. 2012 à 18:26, {WHO} a écrit :", id="french"),
        pytest.param(f"El lun, 2 abr 2012 a las 18:26, {WHO} escribió:", id="spanish"),
        pytest.param(
            f"Il giorno lun 2 apr 2012 alle ore 18:26 {WHO} ha scritto:", id="italian"
        ),
        pytest.param(
            f"Em seg., 2 de abr. de 2012 às 18:26, {WHO} escreveu:", id="portuguese"
        ),
        pytest.param(f"Op ma 2 apr. 2012 om 18:26 schreef {WHO}:", id="dutch"),
        pytest.param(
            f"Op 2 apr. 2012, om 18:26 heeft {WHO} het volgende geschreven:",
            id="dutch-apple",
        ),
        pytest.param(
            f"W dniu 2 kwietnia 2012 18:26 użytkownik {WHO} napisał:", id="polish"
        ),
        pytest.param(f"pon., 2 kwi 2012 o 18:26 {WHO} napisał(a):", id="polish-gmail"),
        pytest.param(f"Den mån 2 apr. 2012 kl 18:26 skrev {WHO}:", id="swedish"),
        pytest.param("Den 2. apr. 2012 kl. 18.26 skrev Ann Lee:", id="danish"),
        pytest.param(f"ma 2. huhtik. 2012 klo 18.26 {WHO} kirjoitti:", id="finnish"),
        pytest.param(f"po 2. 4. 2012 v 18:26 odesílatel {WHO} napsal:", id="czech"),
        pytest.param(f"Dňa 2. 4. 2012 o 18:26 {WHO} napísal:", id="slovak"),
        pytest.param(
            f"{WHO} ezt írta (időpont: 2012. ápr. 2., H, 18:26):", id="hungarian"
        ),
        pytest.param(
            f"{WHO}, 2 Nis 2012 Pzt, 18:26 tarihinde şunu yazdı:", id="turkish"
        ),
        pytest.param(f"În lun., 2 apr. 2012 la 18:26, {WHO} a scris:", id="romanian"),
        pytest.param(f"пн, 2 апр. 2012 г. в 18:26, {WHO}:", id="russian-gmail"),
        pytest.param("02.04.2012 18:26, Ann Lee пишет:", id="russian"),
        pytest.param(
            f"Στις Δευ, 2 Απρ 2012 στις 6:26 μ.μ., ο χρήστης {WHO} έγραψε:", id="greek"
        ),
        pytest.param(f"2012年4月2日(月) 18:26 {WHO}:", id="japanese-gmail"),
        pytest.param(f"{WHO} 于2012年4月2日周一 18:26写道：", id="chinese-gmail"),
        pytest.param("在 2012年4月2日，18:26，Ann Lee 写道：", id="chinese-apple"),
        pytest.param(f"2012년 4월 2일 (월) 오후 6:26, {WHO}님이 작성:", id="korean"),
        pytest.param(f"Vào 18:26 2 tháng 4, 2012, {WHO} đã viết:", id="vietnamese"),
        pytest.param(f"2012-04-02 18:26 GMT+03:00 {WHO}:", id="date-and-address-only"),
    ],
)
def test_introductions_that_leave_no_doubt(line):
    assert find([line, "quoted"], 0) == Attribution(1, is_certain=True)


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        pytest.param(
            [
                "On Fri, May 6, 2011 at 6:03 PM, Ann Lee from Example News",
                "<ann@example.com> wrote:",
            ],
            2,
            id="two-lines",
        ),
        pytest.param(
            ["On Dec 16, 2011, at 12:47 PM, Ann Lee", "<ann@example.com>", "wrote:"],
            3,
            id="three-lines",
        ),
        pytest.param(
            [
                "Am So., 1. Jan. 2023 um 17:22 Uhr schrieb Ann Lee <",
                "ann@example.com>:",
            ],
            2,
            id="cut-address",
        ),
        pytest.param(
            [
                "On Tue, Apr 11, 2017 at 10:07 PM Ann Lee",
                "",
                "<",
                "ann@example.com",
                "> wrote:",
            ],
            5,
            id="address-set-apart",
        ),
        pytest.param(
            ["On 11 April 2017 at 10:07, Ann Lee", "", f"<{WHO[9:-1]}>", "", "wrote:"],
            5,
            id="verb-set-apart",
        ),
        pytest.param(
            ["Ann Lee", f"<{WHO[9:-1]}> wrote on 11 April 2017 at 10:07:"],
            2,
            id="name-above",
        ),
    ],
)
def test_folded_introductions(lines, end):
    assert find(lines, 0) == Attribution(end, is_certain=True)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Ann Lee wrote:", id="no-date"),
        pytest.param("On page 5 Ann wrote:", id="one-number"),
        pytest.param(f"Par {WHO}:", id="no-verb"),
        pytest.param("Am 3.5.2024 schrieb er mir folgendes:", id="date-without-time"),
    ],
)
def test_introductions_that_need_a_marked_quotation_below(line):
    assert find([line], 0) == Attribution(1, is_certain=False)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["On blah-blah-blah"], id="opening-only"),
        pytest.param(["On your remote host you can run:"], id="no-verb"),
        pytest.param(
            ["Please call Bob <bob@example.com> at 10:30 regarding:"],
            id="sentence-with-an-address",
        ),
        pytest.param(["Meeting at 10:30:"], id="time-only"),
        pytest.param(
            ["On this day", "On Mon, Apr 2, 2012 at 6:26 PM, Ann wrote:"],
            id="a-later-opening-counts",
        ),
        pytest.param(
            ["On Monday the 2nd of 2012 we", "", "met. Ann wrote:"],
            id="empty-line-between",
        ),
        pytest.param(["On Monday we", "> Ann wrote:"], id="quoted-line-between"),
        pytest.param(
            ["On Apr 2, 2012 6:26 " + "x" * 400 + " wrote:"], id="endless-line"
        ),
        pytest.param(
            ["On Apr 2, 2012 6:26", "x" * 401, "wrote:"], id="endless-line-between"
        ),
        pytest.param(
            ["On Apr 2, 2012 6:26", "a", "b", "c", "d", "wrote:"], id="too-many-lines"
        ),
        pytest.param(["On Apr 2, 2012"], id="end-of-text"),
        pytest.param(["Nothing of it", "wrote:"], id="no-opening"),
    ],
)
def test_what_is_no_introduction(lines):
    assert find(lines, 0) is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        pytest.param(
            "reply On Wed, Apr 4, 2012 at 3:59 PM, a@example.com wrote:",
            ("reply", "On Wed, Apr 4, 2012 at 3:59 PM, a@example.com wrote:"),
            id="blank",
        ),
        pytest.param(
            "reply--- On Wed, Apr 4, 2012 at 3:59 PM, Ann wrote:",
            ("reply", "On Wed, Apr 4, 2012 at 3:59 PM, Ann wrote:"),
            id="dashes",
        ),
        pytest.param(
            "--- On Wed, Apr 4, 2012 at 3:59 PM, Ann wrote:", None, id="nothing-before"
        ),
        pytest.param(
            "On Wed, Apr 4, 2012 at 3:59 PM, Ann wrote:", None, id="from-the-start"
        ),
        pytest.param("Later On we wrote:", None, id="no-date"),
        pytest.param(
            "x" * 500 + " On Wed, Apr 4, 2012, Ann wrote:", None, id="endless"
        ),
        pytest.param("nothing", None, id="nothing"),
    ],
)
def test_an_answer_on_the_line_of_the_introduction(line, parts):
    assert split_shared(line) == parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        pytest.param(
            f"On Wed, Jan 4, 2023 at 10:00 AM, {WHO} wrote: I am here: come",
            (
                f"On Wed, Jan 4, 2023 at 10:00 AM, {WHO} wrote:",
                " I am here: come",
            ),
            id="yahoo",
        ),
        pytest.param(
            "On Wed, Jan 4, 2023 10:00 AM, ann@example.com wrote:> I am",
            ("On Wed, Jan 4, 2023 10:00 AM, ann@example.com wrote:", "> I am"),
            id="marked",
        ),
        pytest.param(
            f"Am Mi., 4. Jan. 2023 um 10:00 Uhr schrieb {WHO}: Hallo",
            (f"Am Mi., 4. Jan. 2023 um 10:00 Uhr schrieb {WHO}:", " Hallo"),
            id="german",
        ),
        pytest.param(f"On Wed, Jan 4, 2023 see {WHO}: all", None, id="a-colon"),
        pytest.param(f"On Wed, Jan 4, 2023 {WHO} came", None, id="no-verb"),
        pytest.param(
            "On Wed, Jan 4, 2023 at 10:00 AM, Ann wrote: no", None, id="no-address"
        ),
        pytest.param(f"On holidays {WHO} wrote: no", None, id="no-date"),
        pytest.param(f"Hi, {WHO} wrote: 4 Jan 2023 at 10:00", None, id="no-opening"),
        pytest.param(
            f"On Wed, Jan 4, 2023 at 10:00 AM, {WHO} wrote: ", None, id="alone"
        ),
    ],
)
def test_quoted_words_on_the_line_of_the_introduction(line, parts):
    assert split_quoted(line) == parts


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("wrote:", True),
        ("wrote: *", True),
        ("写道：", True),
        ("text", False),
        ("", False),
    ],
)
def test_where_an_introduction_may_end(line, may):
    assert may_end(line) is may


@given(
    st.lists(
        st.text(st.sampled_from("On 12:@<>wroteAm. \t年"), max_size=30),
        min_size=1,
        max_size=8,
    )
)
def test_never_fails_and_ends_inside(lines):
    found = find(lines, 0)
    assert found is None or 0 < found.end <= len(lines)
