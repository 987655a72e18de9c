from mailbot.v1 import deliveries_pb2

HALF = deliveries_pb2.ReclassifyDeliveriesResponse(examined=500, changed=2)
WHOLE = deliveries_pb2.ReclassifyDeliveriesResponse(examined=700, changed=3, lifted=1)


def test_reclassify_tells_how_far_it_is(server, bot):
    server.answer("ReclassifyDeliveries", [HALF, WHOLE])
    told = list(bot.deliveries.reclassify("acc_1", dry_run=True))
    assert [(one.examined, one.changed, one.lifted) for one in told] == [
        *((500, 2, 0), (700, 3, 1)),
    ]
    [request] = server.requests("ReclassifyDeliveries")
    assert (request.account_id, request.dry_run) == ("acc_1", True)
