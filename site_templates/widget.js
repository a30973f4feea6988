{# What other sites put on theirs: docs/badges.md. No framework, no style element: it has to run under anybody's policy. #}
(() => {
  const words = {{ texts|tojson }};
  const shapes = {
    up: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z",
    degraded: "M8 1l7.5 14H.5z",
    down: "M2 2h12v12H2z",
    maintenance: "M8 0l8 8-8 8-8-8z",
    no_data: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
  };
  const home = new URL(".", document.currentScript.src);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{display:inline-block;font:500 .9375em/1.5 system-ui,sans-serif}
:host([hidden]){display:none}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
a{display:inline-flex;align-items:center;gap:.5em;color:inherit;text-decoration:none}
a:hover span,a:focus-visible span{text-decoration:underline}
a:focus-visible{outline:2px solid;outline-offset:3px}
svg{flex:none;width:.75em;height:.75em}
path{fill:GrayText;fill-rule:evenodd}
.up{fill:light-dark(#1a7f37,#4ac26b)}
.degraded{fill:light-dark(#9a6700,#e3b341)}
.down{fill:light-dark(#c8251f,#ff7b72)}
.maintenance{fill:light-dark(#0969da,#79b8ff)}`);
  const make = (name, parent, space = "http://www.w3.org/1999/xhtml") =>
    parent.appendChild(document.createElementNS(space, name));

  class Status extends HTMLElement {
    static observedAttributes = ["monitor"];

    connectedCallback() {
      if (!this.link) this.draw();
      this.look();
      this.timer = setInterval(() => document.hidden || this.look(), 60000);
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    attributeChangedCallback() {
      if (this.shape?.hasAttribute("d")) this.show();
    }

    draw() {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.link = make("a", root);
      this.link.part = "link";
      if (this.hasAttribute("framed")) {
        const asked = new URLSearchParams(location.search);
        for (const name of ["monitor", "theme"]) if (asked.has(name)) this.setAttribute(name, asked.get(name));
        document.documentElement.style.colorScheme = this.getAttribute("theme") || "light dark";
        document.body.style.margin = 0;
        this.link.target = "_top";
      }
      const svg = "http://www.w3.org/2000/svg";
      const icon = make("svg", this.link, svg);
      icon.setAttribute("viewBox", "0 0 16 16");
      icon.setAttribute("aria-hidden", "true");
      this.shape = make("path", icon, svg);
      this.words = make("span", this.link);
    }

    async look() {
      try {
        const signal = AbortSignal.timeout?.(30000);
        const answer = await fetch(new URL("status.json", home), { credentials: "same-origin", signal });
        const news = await answer.json();
        if (!answer.ok || !news.endpoints.find || !news.page) throw news;
        this.news = news;
        const served = Date.parse(answer.headers.get("Date")) + (answer.headers.get("Age") || 0) * 1000;
        this.ahead = served - Date.now() || 0;
      } catch {}
      this.show();
      this.words.setAttribute("aria-live", "polite");
    }

    show() {
      const id = this.getAttribute("monitor");
      const news = this.news;
      const fresh = news && Date.parse(news.staleAfter) > Date.now() + this.ahead;
      const one = id && news && news.endpoints.find((endpoint) => endpoint.id === id);
      const state = (fresh && (id ? one && one.status : news.overallStatus)) || "unknown";
      const known = words[id ? "monitor" : "page"];
      const [said, tone] = known[state] || known.unknown;
      const text = one ? `${one.name}: ${said}` : said;
      if (this.words.textContent !== text) this.words.textContent = text;
      this.words.lang = words.lang;
      this.link.href = new URL(one ? `monitors/${encodeURIComponent(id)}` : ".", home);
      this.link.title = news ? news.page.title : "";
      this.shape.setAttribute("class", tone);
      this.shape.setAttribute("d", shapes[tone]);
      this.dataset.status = state;
    }
  }
  if (!customElements.get("pulseboard-status")) customElements.define("pulseboard-status", Status);
})();
