"""Shows an asyncio object as a blocking one, so that both kinds take the same tests."""

import inspect
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self

Run = Callable[[Coroutine[Any, Any, Any]], Any]


class Blocking:
    """Every call, iteration and `with` runs in the loop that `run` stands for."""

    def __init__(self, target: Any, run: Run) -> None:
        self._target = target
        self._run = run
        self._iterator: Any = None

    def __getattr__(self, name: str) -> Any:
        return self._shown(getattr(self._target, name))

    def __iter__(self) -> Any:
        return Blocking(self._target.__aiter__(), self._run)

    def __next__(self) -> Any:
        try:
            return self._run(self._next())
        except StopAsyncIteration:
            raise StopIteration from None

    def __enter__(self) -> Self:
        self._run(self._target.__aenter__())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self._target.__aexit__(kind, error, trace))

    async def _next(self) -> Any:
        return await self._target.__anext__()

    def _shown(self, value: Any) -> Any:
        if callable(value):
            return lambda *given, **named: self._call(value, given, named)
        if (
            type(value).__module__.startswith("mailbot.")
            and "Async" in type(value).__name__
        ):
            return Blocking(value, self._run)
        return value

    def _call(self, function: Any, given: Any, named: Any) -> Any:
        async def call() -> Any:
            made = function(*given, **named)
            return await made if inspect.isawaitable(made) else made

        made = self._run(call())
        return Blocking(made, self._run) if hasattr(made, "__aiter__") else made
