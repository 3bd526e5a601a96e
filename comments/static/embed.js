/* Mizan's widget. A classic script, so that it knows where it came from; it needs no other file, and asks nobody but its own service.
 *
 *   <script src="https://comments.example/static/embed.js" async></script>
 *   <mizan-comments article="the-articles-key" lang="tr"></mizan-comments>
 *   <span data-mizan-count="the-articles-key"></span>
 *
 * Every attribute is told of in docs/api.md, "Embed".
 */
(() => {
  "use strict";

  const service = new URL(document.currentScript.src).origin;
  const LOOK = ["accent", "background", "text", "font", "radius", "scheme"];
  const INTRODUCTION = { title: "article-title", url: "article-url", published_at: "article-published", signature: "signature" };
  const LABELS = { tr: "Yorumlar", en: "Comments" };
  const PERMALINK = /^#comment-([0-9a-f-]{36})$/;
  const HIGHEST = 200000;
  const LONGEST_ADDRESS = 3000;

  class MizanComments extends HTMLElement {
    static observedAttributes = ["article", "token"];
    #frame = null;
    #watch = null;
    #loads = 0;
    #hear = (event) => this.#listen(event);

    connectedCallback() {
      this.style.display = "block";
      window.addEventListener("message", this.#hear);
      if (!this.getAttribute("article")) console.error("mizan-comments needs the attribute article: the article's key.");
      else this.#waitForSight();
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.#hear);
      this.#watch?.disconnect();
      this.#frame?.remove();
      this.#frame = null;
    }

    attributeChangedCallback(name) {
      if (!this.#frame) return;
      if (name === "token") this.#greet();
      else this.#place();
    }

    /** A reader who followed a link to a comment is taken there; for anybody else the frame waits until it is nearly in sight. */
    #waitForSight() {
      if (PERMALINK.test(location.hash) && document.querySelector("mizan-comments") === this) {
        this.#place();
        return;
      }
      this.#watch = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) this.#place();
        },
        { rootMargin: "800px 0px" },
      );
      this.#watch.observe(this);
    }

    #place() {
      this.#watch?.disconnect();
      this.#loads = 0;
      const frame = document.createElement("iframe");
      const language = this.#language();
      frame.title = this.getAttribute("label") || LABELS[language] || LABELS.tr;
      frame.setAttribute("sandbox", "allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
      frame.style.display = "block";
      frame.style.width = "100%";
      frame.style.height = "480px";
      frame.style.border = "0";
      frame.style.colorScheme = "normal";
      frame.addEventListener("load", () => this.#loaded());
      frame.src = this.#address(language);
      this.#frame = frame;
      this.replaceChildren(frame);
    }

    #address(language) {
      const address = new URL(`/embed/${encodeURIComponent(this.getAttribute("article"))}/`, service);
      const ask = (name, value) => value && address.searchParams.set(name, value);
      if (language in LABELS) ask("language", language);
      for (const name of LOOK) ask(name, this.getAttribute(name));
      if (this.hasAttribute("signature")) {
        for (const [name, attribute] of Object.entries(INTRODUCTION)) ask(name, this.getAttribute(attribute));
      }
      const comment = PERMALINK.exec(location.hash);
      if (comment) {
        ask("comment", comment[1]);
        address.hash = location.hash;
      }
      return address.href;
    }

    #language() {
      return (this.closest("[lang]")?.lang ?? "").split("-")[0];
    }

    #loaded() {
      this.#loads += 1;
      this.#greet();
      if (this.#loads > 1 && this.getBoundingClientRect().top < 0) this.scrollIntoView();
    }

    /** Until it is greeted, the frame says nothing: so it learns whose page this is, and who reads it. */
    #greet() {
      this.#frame.contentWindow.postMessage({ type: "mizan:hello", token: this.getAttribute("token") }, service);
    }

    #listen(event) {
      if (!this.#frame || event.source !== this.#frame.contentWindow || event.origin !== service) return;
      const { type, height, top } = event.data ?? {};
      if (type === "mizan:height" && height > 0 && height < HIGHEST) this.#frame.style.height = `${Math.ceil(height)}px`;
      if (type === "mizan:place" && top >= 0 && top < HIGHEST) {
        window.scrollTo({ top: this.getBoundingClientRect().top + window.scrollY + top - window.innerHeight / 4 });
      }
    }
  }

  /** Writes into each element its article's number of comments. One that cannot be had leaves what stood there. */
  async function count() {
    const places = [...document.querySelectorAll("[data-mizan-count]")].filter((place) => place.dataset.mizanCount);
    const keys = [...new Set(places.map((place) => place.dataset.mizanCount))];
    for (let first = 0; first < keys.length; first += 100) {
      const counts = await ask(keys.slice(first, first + 100));
      for (const place of places) {
        const number = counts[place.dataset.mizanCount];
        if (Number.isInteger(number)) place.textContent = number.toLocaleString(place.closest("[lang]")?.lang || undefined);
      }
    }
  }

  async function ask(keys) {
    const address = `${service}/api/v1/counts/`;
    const asked = `${address}?${new URLSearchParams(keys.map((key) => ["article", key]))}`;
    const long = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ articles: keys }) };
    try {
      const answer = await (asked.length > LONGEST_ADDRESS ? fetch(address, { credentials: "omit", ...long }) : fetch(asked, { credentials: "omit" }));
      return answer.ok ? (await answer.json()).counts : {};
    } catch {
      return {};
    }
  }

  if (!customElements.get("mizan-comments")) {
    customElements.define("mizan-comments", MizanComments);
    document.addEventListener("mizan-count", count);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", count);
    else count();
  }
})();
