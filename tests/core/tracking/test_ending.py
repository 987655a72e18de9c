"""Links that end a subscription are known by what they and their surroundings say."""

import pytest

from mailbot_server.core.tracking import ending, page

URL = "https://e.example/x/1"


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{URL}"><img src="u.png" alt="Unsubscribe"></a>',
        f"<a href='{URL}'><img src=u.png alt='Abmelden'></a>",
        f'<a href="{URL}" aria-label="Unsubscribe">x</a>',
        f'<a href="{URL}" data-role="unsubscribe">bye</a>',
        f'<a href="{URL}" name=unsubscribe>bye</a>',
        f'<a href="{URL}">Un&shy;sub\u200bscribe</a>',
        f'<a href="{URL}">Unsub</a>',
        f'<p>To unsubscribe, <a href="{URL}">click here</a>.</p>',
        f'<td>Want to unsubscribe? <a href="{URL}"><b>Click here</b></a></td>',
        f'Click <a href="{URL}">here</a> to unsubscribe.',
        f'If you no longer wish to receive these emails, <a href="{URL}">click here</a>',
        f'<a href="{URL}">Manage your subscription</a>',
        f'<a href="{URL}">Email preferences</a>',
        f'<a href="{URL}">Leave this list</a>',
        '<a href="https://e.example/email-preferences/1">Settings</a>',
        f'<a href="{URL}"><span style="{"a:b;" * 300}">Unsubscribe</span></a>',
    ],
)  # fmt: skip
def test_what_ends_a_subscription_is_known(html):
    assert page.read(html).links == ()


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{URL}">Subscribe</a>',
        f'<a href="{URL}">Read more</a> or unsubscribe by an answer',
        f'<p><a href="{URL}">Click here</a></p><p>To unsubscribe, answer STOP</p>',
        f'<p>To unsubscribe, answer STOP</p><p><a href="{URL}">Click here</a></p>',
        f'To unsubscribe, answer STOP. See it <a href="{URL}">here</a>',
        f'<a href="{URL}">here</a> | <a href="mailto:x">unsubscribe</a>',
        f'<a href="mailto:x">unsubscribe</a> | <a href="{URL}">here</a>',
        f'<img alt="unsubscribe"><a href="{URL}">Shop</a>',
        f'<a href="{URL}">Your preferences in wine</a>',
    ],
)
def test_what_stands_near_says_nothing_of_a_link_of_its_own(html):
    assert [each.url for each in page.read(html).links] == [URL]


def test_what_is_cut_off_is_no_trouble():
    for before in ("", ">", 'x"> unsubscribe ', "<p", "<p title='a>"):
        for behind in ("", "here", "here</a", "here</a> to unsubscribe <"):
            ending.is_meant(URL, (), before, behind)
    assert ending.is_meant(URL, (), 'class="x"> To unsubscribe ', "here</a>")


def test_links_that_stay_are_looked_at_as_often_as_others():
    stay = f'<a href="{URL}">Unsubscribe</a>' * page.LINKS_MAX
    assert page.read(f'{stay}<a href="{URL}">Shop</a>').links == ()
