"""Consumers of durable subscriptions: for threads and for asyncio."""

from mailbot.consuming.awaited import AsyncConsumer
from mailbot.consuming.consumer import Consumer

__all__ = ["AsyncConsumer", "Consumer"]
