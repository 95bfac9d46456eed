"""Reading a query into its model at once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from inspect import iscoroutinefunction
from typing import Any, get_origin, get_type_hints

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError


class QueryRoute(APIRoute):
    """A route whose coroutine takes `(request, parameters)`, the latter a model of the query.

    FastAPI looks up on each request how each parameter is described: with the twenty of a list,
    that takes longer than the page. Here only the model is asked. What clients are told of the
    parameters, and of what is wrong with them, is the same. Other endpoints are FastAPI's.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Called by FastAPI when the route is made."""
        types = get_type_hints(self.endpoint)
        types.pop("return", None)
        if set(types) != {"request", "parameters"} or not iscoroutinefunction(self.endpoint):
            return super().get_route_handler()
        endpoint, model = self.endpoint, types["parameters"]
        several = {
            name
            for name, field in model.model_fields.items()
            if get_origin(field.annotation) is list
        }

        async def handle(request: Request) -> Response:
            parameters = _read(request, model, several)
            answer: Response = await endpoint(request, parameters)
            return answer

        return handle


def _read(request: Request, model: type[BaseModel], several: set[str]) -> BaseModel:
    given: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in several:
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    try:
        return model.model_validate(given)
    except ValidationError as error:
        wrong = [{**found, "loc": ("query", *found["loc"])} for found in error.errors()]
        raise RequestValidationError(wrong) from error
