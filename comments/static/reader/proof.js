// The proof of work that is asked of whoever sends very much at once: the browser tries counters until a key begins as the puzzle wants it.
// Solved while the reader still looks at the page; where the browser cannot, he waits a minute instead.

const TOGETHER = 16; // tries under way at once

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

for (const form of document.querySelectorAll("form[data-challenge]")) {
  let solving = prove(form.dataset.challenge).then(
    (proof) => (form.elements.proof.value = proof),
    () => {},
  );
  solving = solving.finally(() => (solving = null));
  form.addEventListener("submit", async (event) => {
    if (!solving || event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event;
    await solving;
    form.requestSubmit(submitter);
  });
}

async function prove(url) {
  const challenge = await (await fetch(url)).json();
  for (let counter = 0; ; counter += TOGETHER) {
    const keys = await Promise.all(Array.from({ length: TOGETHER }, (_, next) => derived(challenge.parameters, counter + next)));
    const found = keys.findIndex((key) => key.startsWith(challenge.parameters.keyPrefix));
    if (found >= 0) return btoa(JSON.stringify({ challenge, solution: { counter: counter + found, derivedKey: keys[found] } }));
  }
}

async function derived({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array([...bytes(nonce), counter >>> 24, (counter >>> 16) & 255, (counter >>> 8) & 255, counter & 255]);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  return hex(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost }, key, keyLength * 8));
}
