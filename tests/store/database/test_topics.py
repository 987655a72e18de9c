"""A wake-up is remembered until somebody looks, and reaches its topic only."""

import asyncio

from mailbot_server.store.database.topics import Topics

AT_ONCE = 0.01
LONG = 20


async def test_a_change_before_the_wait_is_not_lost() -> None:
    topics = Topics()
    with topics.watch("news") as watch:
        topics.wake(["news"])
        assert await watch.changed(LONG)


async def test_a_change_during_the_wait_ends_it() -> None:
    topics = Topics()
    with topics.watch("news") as watch:
        waiting = asyncio.create_task(watch.changed(LONG))
        asyncio.get_running_loop().call_soon(topics.wake, ["news"])
        assert await waiting


async def test_changes_before_a_look_are_one() -> None:
    topics = Topics()
    with topics.watch("news") as watch:
        topics.wake(["news"])
        topics.wake(["news"])
        assert await watch.changed(LONG)
        assert not await watch.changed(AT_ONCE)


async def test_one_can_look_without_waiting() -> None:
    topics = Topics()
    with topics.watch("news") as watch:
        assert not watch.take()
        topics.wake(["news"])
        assert [watch.take(), watch.take()] == [True, False]


async def test_another_topic_does_not_wake() -> None:
    topics = Topics()
    with topics.watch("news") as watch:
        topics.wake(["weather", "sports"])
        assert not await watch.changed(AT_ONCE)


async def test_every_watch_of_a_topic_wakes_by_itself() -> None:
    topics = Topics()
    with topics.watch("news") as one, topics.watch("news") as other:
        topics.wake(["news"])
        assert await one.changed(LONG)
        assert await other.changed(LONG)


async def test_waking_all_reaches_every_topic() -> None:
    topics = Topics()
    with topics.watch("news") as news, topics.watch("weather") as weather:
        topics.wake_all()
        assert await news.changed(LONG)
        assert await weather.changed(LONG)


async def test_a_watch_that_was_left_is_forgotten() -> None:
    topics = Topics()
    with topics.watch("news") as left, topics.watch("news") as staying:
        pass
    topics.wake(["news"])
    assert not await left.changed(AT_ONCE)
    assert not await staying.changed(AT_ONCE)
    topics.forget(left)


async def test_one_watch_sees_several_topics_and_leaves_all_of_them() -> None:
    topics = Topics()
    with topics.watch("news", "orders") as watch, topics.watch("orders") as staying:
        for topic in ("news", "orders"):
            topics.wake([topic])
            assert await watch.changed(LONG)
        topics.wake(["weather"])
        assert not await watch.changed(AT_ONCE)
        staying.take()
        topics.forget(watch)
        topics.wake(["news", "orders"])
        assert [watch.take(), staying.take()] == [False, True]


async def test_a_cancelled_wait_cancels() -> None:
    topics = Topics()
    with topics.watch("news") as watch:
        waiting = asyncio.create_task(watch.changed(LONG))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert waiting.cancelled()
