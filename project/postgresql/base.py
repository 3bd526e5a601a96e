"""Before each request Django's pool can ask a connection whether it lives, which takes as long as what most requests want of it.

A server that ends or restarts closes its connections, and that can be seen without a message. What can vanish without a word (a cable, a firewall's
memory) is found by asking from time to time.
"""

import select
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool

ASKED_EVERY_SECONDS = 5.0

_asked: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes no connection from the pool that has died there."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        while self.pool and is_lost(connection):
            connection.close()
            # The pool puts another in its place; where none is to be had, the next line's wait has an end.
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def is_lost(connection: Connection[Any]) -> bool:
    """Whether a connection that nobody uses at the moment can be used no more."""
    hearing = select.poll()
    hearing.register(connection.fileno(), select.POLLIN)
    if not hearing.poll(0) and monotonic() - _asked.get(connection, 0) < ASKED_EVERY_SECONDS:
        return False
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return True
    _asked[connection] = monotonic()
    return False
