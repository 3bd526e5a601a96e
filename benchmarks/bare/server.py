"""The same web server as the service's, with two synchronous workers."""

import os

wsgi_app = "benchmarks.bare.wsgi"
bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
control_socket_disable = True
loglevel = "warning"
