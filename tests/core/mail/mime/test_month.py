import pytest

from mailbot_server.core.mail.mime.month import month_of

LANGUAGES = [
    "January February March April May June July August Sept. October November December",
    "Januar Februar März April Mai Juni Juli August Sept. Oktober November Dezember",
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "januari februari maart april mei juni juli augustus september okt nov december",
    "jan feb mar apr maj jun jul aug sep okt nov dec",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "led úno bře dub kvě červen červenec srp zář říj lis pro",
    "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    "янв фев мар апр мая июня июля авг сен окт ноя дек",
    "січ лют бер кві тра чер лип сер вер жов лис гру",
    "яну фев мар апр май юни юли авг сеп окт ное дек",
    "Ιαν Φεβ Μαρ Απρ Μαΐου Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
    "ian feb mart apr mai iun iul aug sept oct noi dec",
    "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
]


@pytest.mark.parametrize("names", LANGUAGES, ids=lambda names: names.split()[0])
def test_months_of_a_language(names):
    months = [month_of(name.strip(".")) for name in names.split()]
    assert months == list(range(1, 13))


@pytest.mark.parametrize("word", ["", "Foo", "ju", "\u0301", "ма"])
def test_what_is_no_month(word):
    with pytest.raises(KeyError):
        month_of(word)
