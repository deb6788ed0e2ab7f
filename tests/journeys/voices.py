"""What happens inside an installation while somebody speaks unasked: run there as code, or in a page of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.asking import python
from tests.journeys.running import Heard, running

COMPANY = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from heard.features.desk.actions import name_listener
from heard.foundation.people.actions import add_person, add_unit, grant_role
from heard.foundation.people.models import Role

def somebody(name, unit, *roles):
    long_ago = timezone.now() - timedelta(days=60)
    email = name.lower().replace(" ", ".") + "@example.org"
    known = {"email": email, "password": "a rather long password", "claimed_at": long_ago}
    person = add_person(name=name, unit=unit, by=None, **known)
    for role in roles:
        grant_role(person, role, by=None)
    return person

top = add_unit("Northwind")
for unit in (add_unit(name, parent=top) for name in ("Operations", "Sales")):
    for nth in range(12):
        somebody(f"{unit.name} {nth}", unit)
boss = somebody("Ada Admin", unit, Role.ADMINISTRATOR)
for name in ("Ines Ear", "Lars Ear"):
    name_listener(somebody(name, unit, Role.LISTENER), by=boss)
"""
MONTH = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from heard.features.desk.actions import begin_month
opens = timezone.now().replace(minute=0, second=0, microsecond=0)
print(begin_month(hours=(opens, opens + timedelta(days=30))).ballot)
"""
SETTLE = """
import django
django.setup()
from heard.features.voice.actions import settle
settle()
"""
NAME = """
import django
django.setup()
from heard.demo.letters import listener_key
from heard.features.desk.actions import keep_key, name_listener
from heard.foundation.people.actions import add_person, grant_role
from heard.foundation.people.models import Person, Role
zoe = add_person(name="Zoe Ear", unit=None, by=None, email="zoe.ear@example.org", password="a rather long password")
grant_role(zoe, Role.LISTENER, by=None)
zoe.refresh_from_db()
name_listener(zoe, by=Person.objects.get(name="Ada Admin"))
public, wrapped = listener_key("correct horse battery staple")
keep_key(by=zoe, public=public, wrapped=wrapped)
"""
SEALED = """
import django
django.setup()
from heard.features.voice.models import Message
print(sorted(len(one.boxes) for one in Message.objects.filter(by="writer")))
"""
VOTE = """
import django, sys
django.setup()
from datetime import timedelta
from django.utils import timezone
from heard.demo.then import as_of
from heard.web.opened import ask_due_votes
from heard.features.asks.models import Ask
from heard.features.voice.models import Opened
Opened.objects.update(waits_until=None)
with as_of(timezone.now() - timedelta(days=2)):
    ask_due_votes()
print(Ask.objects.get(about=Opened.objects.get(text=sys.argv[1]).code).ballot)
"""
HAS_TOKEN = """async (what) => {
  const base = await new Promise((done) => {
    const opening = indexedDB.open("heard-tokens");
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
  });
  if (!base) return false;
  const asked = base.transaction("tokens").objectStore("tokens").getAll();
  await new Promise((done) => { asked.onsuccess = done; });
  base.close();
  return asked.result.some(({ signed, page }) => signed && page.what === what && Date.parse(page.opens) < Date.now());
}"""
KEYS = """
import django
django.setup()
from heard.demo.letters import listener_key
from heard.features.desk.actions import hear_again, keep_key
from heard.foundation.people.models import Person
for name in ("Ines Ear", "Lars Ear"):
    public, wrapped = listener_key("correct horse battery staple")
    keep_key(by=Person.objects.get(name=name), public=public, wrapped=wrapped)
hear_again()
"""
REPORTS = (
    KEYS
    + """
import secrets
from heard.demo.letters import sealed, writer_with
from heard.demo.talking import filled
from heard.features.voice import actions as voice
from heard.features.voice.queries import public_keys, salt
from heard.features.voice.rules import beginning_in
from heard.plumbing.base64url import encode
readers = {key.code: bytes(key.public) for key in public_keys()}
for nth in range(4):
    writer = writer_with(f"{secrets.randbelow(10**20):020}", salt())
    mine = {"thread": writer.thread, "lookup": encode(writer.lookup), "public": encode(writer.address)}
    said = {"text": f"Bills are paid twice, case {nth}.", "pictures": [], "me": mine["public"]}
    message = sealed(writer.thread, "writer", said, readers | {"writer": writer.address})
    body = {**mine, "wrapped": encode(writer.wrapped), "kind": "report", "ballot": "", "group": "", "message": message}
    voice.begin(beginning_in(filled(body)), takes_strangers=True)
voice.settle()
"""
)
SAID = """
import django, json
django.setup()
from heard.features.ballots.models import Used
from heard.features.voice.models import Thread
threads = [(one.kind, one.group, one.ballot) for one in Thread.objects.all()]
print(json.dumps({"threads": threads, "used": Used.objects.count()}))
"""
"""What is kept of what was begun, and how many tokens were used for it."""
KEPT_HERE = """async () => {
  const found = [{...localStorage}, {...sessionStorage}, history.state];
  const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  for (const { name } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name));
    for (const store of base.objectStoreNames)
      found.push(name, store, await done(base.transaction(store).objectStore(store).getAll()));
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  return JSON.stringify(found, (name, value) => {
    if (value instanceof CryptoKey) return `key for ${value.algorithm.name}`;
    return ArrayBuffer.isView(value) ? String.fromCharCode(...value) : value;
  });
}"""
KEEPS_A_KEY = """async () => {
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const opening = indexedDB.open("somebody-else");
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  await new Promise((done) => { opening.onsuccess = done; });
  const writing = opening.result.transaction("keys", "readwrite");
  writing.objectStore("keys").put(privateKey, 1);
  await new Promise((done) => { writing.oncomplete = done; });
  opening.result.close();
}"""


@contextmanager
def reports_that_wait(folder: Path) -> Iterator[Heard]:
    """An installation with two listeners who have keys, and four reports that nobody has opened."""
    with running(folder, demo=False) as it:
        python(it, COMPANY)
        python(it, REPORTS)
        yield it
