"""The Redis protocol without Redis: enough for Celery and the cache on a machine that has no redis-server."""

import sys

from fakeredis import TcpFakeServer

from config.local.ports import LOOPBACK


def main() -> None:
    server = TcpFakeServer((LOOPBACK, int(sys.argv[1])), server_type="redis")
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    main()
