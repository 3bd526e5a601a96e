"""Tokens of the news site's own users: each is taken or refused, and what it is checked with is never its own word."""

import base64
import hashlib
import hmac
import io
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils import timezone

from comments import embedding, sign_on
from comments.models import Reader, SignOn
from moderation import versions
from moderation.models import Site
from tests.comments.conftest import make_editor

SECRET = "haber-sitesinin-paylasilan-uzun-sirri"
ISSUER, AUDIENCE = "https://haber.example", "mizan"


def claims(**changed: object) -> dict[str, object]:
    """What a good token says; a claim changed to None is left out."""
    now = timezone.now()
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "okur-17", "name": "Ayşe K.", "exp": now + timedelta(minutes=5)} | changed
    return {name: value for name, value in said.items() if value is not None}


def token(secret: Any = SECRET, algorithm: str = "HS256", headers: Mapping[str, object] | None = None, **changed: object) -> str:
    return jwt.encode(claims(**changed), secret, algorithm=algorithm, headers=dict(headers or {}))


@cache
def private_key(number: int = 0, bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def jwks(*keys: Any, **more: object) -> dict[str, Any]:
    """The JWKS document of these keys; their ids are their places."""
    algorithm = jwt.algorithms.RSAAlgorithm
    return {"keys": [algorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": str(place)} | more for place, key in enumerate(keys)]}


@pytest.fixture
def shared(site: Site) -> SignOn:
    return sign_on.trust(site, ISSUER, AUDIENCE, secret=SECRET)


@pytest.fixture
def public(site: Site) -> SignOn:
    return sign_on.trust(site, ISSUER, AUDIENCE, keys=jwks(private_key()))


def refused(given: str, site: Site) -> bool:
    with pytest.raises(sign_on.NotSignedOn):
        sign_on.reader(given, site)
    return not Reader.objects.exists()


def test_a_token_with_the_shared_secret_tells_who_reads(site: Site, shared: SignOn) -> None:
    reader = sign_on.reader(token(), site)

    assert (reader.kind, reader.issuer, reader.subject, reader.name) == (Reader.Kind.USER, ISSUER, "okur-17", "Ayşe K.")


def test_a_token_signed_with_a_private_key_tells_who_reads(site: Site, public: SignOn) -> None:
    assert sign_on.reader(token(private_key(), "RS256"), site).subject == "okur-17"


def test_of_several_public_keys_the_one_that_the_token_names_counts(site: Site) -> None:
    sign_on.trust(site, ISSUER, AUDIENCE, keys=jwks(private_key(0), private_key(1)))

    assert sign_on.reader(token(private_key(1), "RS256", {"kid": "1"}), site).subject == "okur-17"
    for headers in ({"kid": "0"}, {"kid": "2"}, None):
        with pytest.raises(sign_on.NotSignedOn):
            sign_on.reader(token(private_key(1), "RS256", headers), site)


def test_a_user_is_one_reader_whatever_he_is_called(site: Site, shared: SignOn) -> None:
    first = sign_on.reader(token(), site)
    second = sign_on.reader(token(name="Ayşe Kaya"), site)

    assert first == second
    assert Reader.objects.get().name == "Ayşe Kaya"


def test_the_same_subject_of_another_issuer_is_another_reader(site: Site, shared: SignOn) -> None:
    sign_on.trust(site, "https://spor.example", AUDIENCE, secret=SECRET)

    assert sign_on.reader(token(), site) != sign_on.reader(token(iss="https://spor.example"), site)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"exp": timezone.now() - timedelta(minutes=1)}, id="expired"),
        pytest.param({"nbf": timezone.now() + timedelta(minutes=5)}, id="not yet valid"),
        pytest.param({"iat": timezone.now() + timedelta(minutes=5)}, id="made in the future"),
        pytest.param({"aud": "baska-hizmet"}, id="for another service"),
        pytest.param({"aud": []}, id="for nobody"),
        pytest.param({"iss": "https://yabanci.example"}, id="of a stranger"),
        pytest.param({"iss": "https://haber.example\x00"}, id="of nobody who can be named"),
        pytest.param({"sub": ""}, id="about nobody"),
        pytest.param({"sub": "a" * 201}, id="about somebody with too long an id"),
        pytest.param({"sub": "okur\x0017"}, id="about somebody who cannot be named"),
        *(pytest.param({claim: None}, id=f"without {claim}") for claim in ("exp", "iss", "aud", "sub")),
    ],
)
def test_a_token_that_says_the_wrong_thing_is_refused(site: Site, shared: SignOn, changed: dict[str, object]) -> None:
    assert refused(jwt.encode(claims(**changed), SECRET), site)


def test_a_clock_that_goes_a_little_wrong_is_forgiven(site: Site, shared: SignOn) -> None:
    assert sign_on.reader(token(exp=timezone.now() - timedelta(seconds=3)), site).subject == "okur-17"


def test_another_secret_is_refused(site: Site, shared: SignOn) -> None:
    assert refused(token(SECRET[::-1]), site)


def test_another_private_key_is_refused(site: Site, public: SignOn) -> None:
    assert refused(token(private_key(1), "RS256"), site)


def test_a_token_that_needs_no_key_is_refused(site: Site, shared: SignOn) -> None:
    unsigned = jwt.encode(claims(), "", algorithm="none")

    assert refused(unsigned, site)
    assert refused(unsigned.replace(part({"alg": "none", "typ": "JWT"}), part({"alg": "NonE", "typ": "JWT"})), site)


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_another_algorithm_with_the_right_secret_is_refused(site: Site, algorithm: str) -> None:
    sign_on.trust(site, ISSUER, AUDIENCE, secret=SECRET * 2)

    assert refused(token(SECRET * 2, algorithm), site)


def test_a_public_key_is_no_shared_secret(site: Site, public: SignOn) -> None:
    """The old confusion: what everybody may know, used as the secret of an HMAC."""
    for known in (
        private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        json.dumps(jwks(private_key())).encode(),
    ):
        signed = f"{part({'alg': 'HS256', 'kid': '0'})}.{part(claims(exp=4102444800))}"
        signature = base64.urlsafe_b64encode(hmac.new(known, signed.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()

        assert refused(f"{signed}.{signature}", site)


def test_a_private_key_is_of_no_use_where_a_secret_is_shared(site: Site, shared: SignOn) -> None:
    assert refused(token(private_key(), "RS256"), site)


def test_a_key_that_the_token_brings_along_counts_for_nothing(site: Site, public: SignOn) -> None:
    own = jwks(private_key(1))["keys"][0]

    assert refused(token(private_key(1), "RS256", {"jwk": own, "kid": "0", "jku": "https://yabanci.example/keys"}), site)


@pytest.mark.parametrize(
    "given",
    ["", ".", "..", "a.b.c", "ığü", "\x00", "a" * 5000, "eyJhbGciOiJIUzI1NiJ9..", "eyJhbGciOiJIUzI1NiJ9.W10.x"],
)
def test_what_is_no_token_is_refused(site: Site, shared: SignOn, given: str) -> None:
    assert refused(given, site)


def test_an_oversized_token_is_refused_however_good(site: Site, shared: SignOn) -> None:
    assert refused(token(note="a" * sign_on.LONGEST_TOKEN), site)


@pytest.mark.parametrize("payload", ["[" * 2500, '{"iss":' * 350, '{"iss": 1e999}', '{"iss": "https://haber.example", "exp": 1e999}', '"iss"', "{}"])
def test_a_hostile_document_is_refused(site: Site, shared: SignOn, payload: str) -> None:
    signed = f"{part({'alg': 'HS256'})}.{base64.urlsafe_b64encode(payload.encode()).rstrip(b'=').decode()}"
    signature = base64.urlsafe_b64encode(hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()

    assert refused(f"{signed}.{signature}", site)


def test_an_issuer_of_another_title_is_a_stranger(site: Site, shared: SignOn) -> None:
    other = Site.objects.create(key="spor", name="Spor")
    versions.enact(other, {})

    assert refused(token(), other)


def test_a_secret_that_can_no_longer_be_read_signs_nobody_on(site: Site, shared: SignOn) -> None:
    with override_settings(SECRET_KEY="baska-bir-anahtar", SECRET_KEY_FALLBACKS=[]):
        assert refused(token(), site)


@pytest.mark.parametrize(("said", "name"), [("Ayşe\u202eK.", ""), ("", ""), (17, ""), (None, ""), ("x" * 100, "x" * 60)])
def test_a_name_that_cannot_be_shown_is_none(site: Site, shared: SignOn, said: object, name: str) -> None:
    assert sign_on.reader(token(name=said), site).name == name


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://resim.haber.example/17.jpg", True),
        ("http://resim.haber.example/17.jpg", False),
        ("https://resim.haber.example:8443/17.jpg", False),
        ("https://resim.haber.example@kotu.example/17.jpg", False),
        ("https://kotu.example/17.jpg", False),
        ("https://resim.haber.example/" + "a" * 500, False),
        ("https://resim.haber.example/\n17.jpg", False),
        ("https://[", False),
        ("data:image/png;base64,AAAA", False),
        (17, False),
    ],
)
def test_a_picture_is_kept_from_the_titles_own_origins_alone(site: Site, shared: SignOn, said: object, kept: bool) -> None:
    embedding.allow(site, ["https://resim.haber.example"])

    assert sign_on.reader(token(picture=said), site).picture == (said if kept else "")


def test_a_short_secret_is_refused(site: Site) -> None:
    with pytest.raises(ValidationError):
        sign_on.trust(site, ISSUER, AUDIENCE, secret="kisa")


def bad_keys() -> dict[str, Any]:
    """Documents that are no JWKS of public RSA keys."""
    private = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(), as_dict=True)
    curve = jwt.algorithms.ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key(), as_dict=True)
    good = jwks(private_key())["keys"][0]
    return {
        "no object": [],
        "no keys": {},
        "an empty list": {"keys": []},
        "no key": {"keys": ["d"]},
        "a private key": {"keys": [private]},
        "a shared secret": {"keys": [{"kty": "oct", "k": "AAAA"}]},
        "a curve": {"keys": [curve]},
        "a small key": jwks(private_key(0, 1024)),
        "a key for sealing": jwks(private_key(), use="enc"),
        "the same id twice": {"keys": [good, good]},
        "several without ids": {"keys": [good, {**good, "kid": None}]},
        "one that cannot be read": {"keys": [good, {"kty": "RSA"}]},
    }


@pytest.mark.parametrize("fault", bad_keys())
def test_what_is_no_file_of_public_keys_is_refused(site: Site, fault: str) -> None:
    with pytest.raises(ValidationError):
        sign_on.trust(site, ISSUER, AUDIENCE, keys=bad_keys()[fault])


@pytest.mark.parametrize("change", [{"issuer": "key:default"}, {"issuer": ""}, {"sealed_secret": ""}, {"algorithm": "RS256"}, {"algorithm": "none"}])
def test_the_database_refuses_an_issuer_that_makes_no_sense(shared: SignOn, change: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOn.objects.update(**change)


def manage(*arguments: str) -> str:
    out = io.StringIO()
    call_command("sign_on", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_command_trusts_lists_and_forgets(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    (tmp_path / "keys.json").write_text(json.dumps(jwks(private_key())))

    assert manage("trust", ISSUER, AUDIENCE, "--secret-file", str(tmp_path / "secret")) == f"{ISSUER}\t{AUDIENCE}\tHS256\n"
    assert sign_on.reader(token(), site).issuer == ISSUER
    assert manage("trust", ISSUER, AUDIENCE, "--jwks", str(tmp_path / "keys.json")) == f"{ISSUER}\t{AUDIENCE}\tRS256\n"
    assert sign_on.reader(token(private_key(), "RS256"), site).issuer == ISSUER
    assert manage("forget", ISSUER) == manage("list") == ""


@pytest.mark.parametrize("content", ["kisa", "{", "[]"])
def test_the_command_refuses_what_makes_no_sense(site: Site, tmp_path: Path, content: str) -> None:
    (tmp_path / "file").write_text(content)

    for option in ("--secret-file", "--jwks"):
        with pytest.raises(CommandError):
            manage("trust", ISSUER, AUDIENCE, option, str(tmp_path / "file"))
    for arguments in (("forget", "yok"), ("--site", "yok", "list"), ("trust", ISSUER, AUDIENCE, "--jwks", str(tmp_path / "yok"))):
        with pytest.raises(CommandError):
            manage(*arguments)


def part(document: object) -> str:
    """A token's part, as JSON in base64url."""
    return base64.urlsafe_b64encode(json.dumps(document, separators=(",", ":"), default=str).encode()).rstrip(b"=").decode()


@pytest.fixture
def keeper(client: Client) -> Client:
    client.force_login(make_editor("nermin", "view_signon", "add_signon", "change_signon"))
    return client


def test_in_the_admin_a_secret_is_written_and_never_shown(site: Site, keeper: Client) -> None:
    sent = {"site": site.pk, "issuer": ISSUER, "audience": AUDIENCE, "algorithm": "HS256", "keys": "null"}
    keeper.post("/admin/comments/signon/add/", sent | {"secret": SECRET})
    row = SignOn.objects.get()
    page = f"/admin/comments/signon/{row.pk}/change/"

    assert SECRET not in keeper.get(page).content.decode()
    keeper.post(page, sent | {"secret": "", "audience": "yorum"})

    assert sign_on.reader(token(aud="yorum"), site).subject == "okur-17"
    assert SECRET not in str(SignOn.objects.values().get())


def test_in_the_admin_an_issuer_changes_to_public_keys(site: Site, shared: SignOn, keeper: Client) -> None:
    sent = {"site": site.pk, "issuer": ISSUER, "audience": AUDIENCE, "algorithm": "RS256", "keys": json.dumps(jwks(private_key()))}

    keeper.post(f"/admin/comments/signon/{shared.pk}/change/", sent)

    assert sign_on.reader(token(private_key(), "RS256"), site).subject == "okur-17"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"algorithm": "HS256", "secret": "kisa"}, "en az 32 bayt"),
        ({"algorithm": "HS256"}, "HS256 için gizli anahtar gerekir."),
        ({"algorithm": "RS256", "keys": "{}"}, "JWKS dosyası değil"),
        ({"algorithm": "RS256"}, "JWKS dosyası değil"),
        ({"algorithm": "HS256", "secret": SECRET, "keys": "[]"}, "HS256 ile açık anahtar kullanılmaz."),
        ({"algorithm": "HS256", "secret": SECRET, "issuer": "key:default"}, "“key:” ile başlayamaz"),
    ],
)
def test_in_the_admin_what_makes_no_sense_is_told(site: Site, keeper: Client, sent: dict[str, str], told: str) -> None:
    page = keeper.post("/admin/comments/signon/add/", {"site": site.pk, "issuer": ISSUER, "audience": AUDIENCE, **sent}).content.decode()

    assert told in page
    assert not SignOn.objects.exists()
