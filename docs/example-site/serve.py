"""An example news site: pages under a strict content policy, with Mizan's comments and counts. From the project's folder:

    MIZAN_URL=http://127.0.0.1:8000 MIZAN_EMBED_SECRET=… python docs/example-site/serve.py 9000

MIZAN_EMBED_SECRET (`manage.py embed secret`) signs the articles. With MIZAN_SIGN_ON_SECRET as well, readers who sign in here write under
the name that they have here; that needs PyJWT, and an issuer that the service knows (`manage.py sign_on trust https://haber.example mizan`).
"""

import hashlib
import hmac
import html
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import jwt

FOLDER = Path(__file__).parent
SERVICE = os.environ["MIZAN_URL"].rstrip("/")
EMBED_SECRET = os.environ["MIZAN_EMBED_SECRET"]
SIGN_ON_SECRET = os.environ.get("MIZAN_SIGN_ON_SECRET", "")

# All that a page needs of the service: its script, the frame, and the counts.
POLICY = f"default-src 'none'; style-src 'self'; img-src 'self'; script-src {SERVICE}; frame-src {SERVICE}; connect-src {SERVICE}; base-uri 'none'; form-action 'self'"

ARTICLES = {
    "sahil-yolu": ("Sahil yolu hafta sonları yayalara kalıyor", "2026-11-21T08:15:00+03:00", "21 Kasım 2026"),
    "kutuphane": ("Mahalle kütüphanesi gece yarısına kadar açık", "2026-11-20T17:40:00+03:00", "20 Kasım 2026"),
    "tramvay": ("Yeni tramvay hattında deneme seferleri başladı", "2026-11-19T11:05:00+03:00", "19 Kasım 2026"),
}


def signature(key, title, url, published_at):
    """What the page says of its article: key, title, address and time, a line each, signed with the secret that the service made."""
    message = f"{key}\n{title}\n{url}\n{published_at}"
    return hmac.new(EMBED_SECRET.encode(), message.encode(), hashlib.sha256).hexdigest()


def token(subject, name):
    """Who reads the page, for ten minutes; a page that stays open longer asks for another and sets the attribute again."""
    now = int(time.time())
    claims = {"iss": "https://haber.example", "aud": "mizan", "sub": subject, "name": name, "iat": now, "exp": now + 600}
    return jwt.encode(claims, SIGN_ON_SECRET, algorithm="HS256")


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, key = urlsplit(self.path).path.rpartition("/")
        if key == "favicon.ico":
            self.send_response(204)
            self.end_headers()
        elif path == "/haber" and key in ARTICLES:
            self.answer("article.html", **self.article(key))
        elif path == "" and key == "giris":
            self.send_response(303)
            self.send_header("Set-Cookie", "okur=17; HttpOnly; SameSite=Lax; Path=/")
            self.send_header("Location", "/")
            self.end_headers()
        elif path == "" and key in {"style.css", ""}:
            self.answer(key or "index.html")
        else:
            self.send_error(404)

    def article(self, key):
        title, published_at, day = ARTICLES[key]
        url = f"http://{self.headers['Host']}/haber/{key}"
        signed_in = SIGN_ON_SECRET and "okur=" in self.headers.get("Cookie", "")
        return {
            "key": key,
            "title": html.escape(title),
            "url": html.escape(url),
            "published_at": published_at,
            "day": day,
            "signature": signature(key, title, url, published_at),
            "token": f'token="{token("okur-17", "Ayşe Kaya")}"' if signed_in else "",
        }

    def answer(self, name, **words):
        text = (FOLDER / name).read_text(encoding="utf-8")
        content = Template(text).substitute(service=SERVICE, **words).encode()
        self.send_response(200)
        self.send_header("Content-Type", f"text/{Path(name).suffix[1:]}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Pages).serve_forever()
