from pathlib import Path

from mailbot_server.core.explanation.reason import Kind

PROTO = Path(__file__).resolve().parents[3] / "protos/mailbot/v1/deliveries.proto"


def test_every_kind_is_named_where_programs_look():
    text = PROTO.read_text()
    comment = text[text.index("message DeliveryReason {") : text.index("string kind")]
    assert [kind for kind in Kind if f'"{kind.value}"' not in comment] == []
