// Keeps a page current without reloading it. Everything here is an addition: without it the page says the same, once.
(() => {
  const POLL_MS = 60_000;
  const TICK_MS = 5_000;
  const body = document.body;
  const page = document.documentElement;
  // A visitor's own kind of the page's language (en-GB for en); a page in zh-TW or pt-BR says which kind it is in.
  const language = navigator.languages.find((l) => l.split("-")[0] === page.lang) || page.lang;
  const sources = new Map();
  let ahead = -Infinity; // milliseconds that the server's clock is ahead of this browser's, as far as is known
  let live = null; // the newest status.json
  let renewedFor = null;

  // Below two minutes a difference is as likely the network's as the clock's.
  const now = () => Date.now() + (Number.isFinite(ahead) && Math.abs(ahead) > 120_000 ? ahead : 0);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const regions = (root) => all("[data-live]", root);

  // Times

  const STYLES = {
    date: { day: "numeric", month: "long", year: "numeric" },
    clock: { hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
    mark: { day: "numeric", month: "short", timeZone: "UTC" },
    hour: { hour: "2-digit", minute: "2-digit" },
  };
  const formats = Object.fromEntries(
    Object.entries(STYLES).map(([name, style]) => [name, new Intl.DateTimeFormat(language, style)]),
  );
  // Browsers join date and time by words of their own ("at", or a comma): put as the page has it, nothing in the line moves.
  formats.moment = {
    format: (at) =>
      (body.dataset.moments || "{date}, {time}")
        .replace("{date}", formats.date.format(at))
        .replace("{time}", formats.clock.format(at)),
  };
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

  const amount = (count, unit) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);

  function ago(milliseconds) {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    const [unit, size] = UNITS.find(([, least]) => seconds >= least) || UNITS[3];
    return relative.format(-Math.floor(seconds / size), unit);
  }

  function span(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const first = UNITS.findIndex(([, size]) => seconds >= size);
    if (first < 0 || UNITS[first][0] === "second") return amount(seconds, "second");
    const [unit, size] = UNITS[first];
    const [next, part] = UNITS[first + 1];
    const rest = Math.floor((seconds % size) / part);
    const said = amount(Math.floor(seconds / size), unit);
    return rest && next !== "second" ? body.dataset.spans.replace("{0}", said).replace("{1}", amount(rest, next)) : said;
  }

  function localise(root = document) {
    for (const time of all("time[data-as]", root)) {
      if (!time.title) time.title = time.textContent;
      const at = new Date(time.dateTime);
      const today = at.toDateString() === new Date(time.dataset.of || now()).toDateString();
      time.textContent = formats[time.dataset.as === "clock" && !today ? "moment" : time.dataset.as].format(at);
    }
  }

  function tick() {
    for (const element of all("[data-ago]")) {
      element.textContent = `(${ago(now() - Date.parse(element.dataset.ago))})`;
    }
    for (const element of all("[data-since]")) {
      element.textContent = `(${span(now() - Date.parse(element.dataset.since))})`;
    }
    judge();
  }

  // Staleness is judged by the clock alone, so that it shows when nothing can be fetched, too.

  function judge() {
    const banner = document.getElementById("stale");
    if (!body.dataset.staleAfter) return;
    const own = { made: body.dataset.madeAt, until: body.dataset.staleAfter };
    const status = live ? { made: live.generatedAt, until: live.staleAfter } : own;
    const late = [own, status].find(({ until }) => Date.parse(until) < now());
    const wasStale = !banner.hidden;
    banner.hidden = !late;
    body.classList.toggle("is-stale", Boolean(late));
    if (late) {
      const since = formats.moment.format(new Date(late.made));
      const place = banner.querySelector("[data-stale-since]");
      if (place.textContent !== since) place.textContent = since;
    }
    if (wasStale !== Boolean(late)) document.title = late ? `⚠ ${document.title}` : document.title.replace(/^⚠ /, "");
  }

  // News

  // An answer that has not come when the next one is due is given up, so that they never pile up.
  const ask = (path) => fetch(path, { cache: "no-cache", signal: AbortSignal.timeout?.(POLL_MS / 2) });

  async function poll() {
    try {
      const answer = await ask("/status.json");
      if (!answer.ok) throw new Error(`status.json: ${answer.status}`);
      const news = await answer.json();
      // What something on the way answered in its place is no news, and would be the newest for ever.
      if (!Date.parse(news?.generatedAt) || !Date.parse(news.staleAfter) || !Array.isArray(news.endpoints)) throw new Error("no status");
      const date = Date.parse(answer.headers.get("Date"));
      const age = Number(answer.headers.get("Age")) || 0;
      // The latest time wins: a cache that repeats an old answer must not make an old page look fresh.
      ahead = Math.max(ahead, date + age * 1000 - Date.now() || -Infinity);
      if (!live || news.generatedAt >= live.generatedAt) live = news;
      try {
        if (outdated()) await renew();
      } finally {
        overlay();
      }
      if ("worker" in body.dataset && !document.hidden) localStorage.setItem("seen", live.generatedAt); // for when offline
    } catch (error) {
      console.info("Not renewed:", error.message); // judge() says it to the visitor when it matters
    }
    tick();
  }

  function outdated() {
    if (!body.dataset.madeAt || live.generatedAt <= body.dataset.madeAt) return false;
    return body.dataset.page === "index" || renewedFor !== live.generatedAt || Boolean(document.querySelector(".overlaid"));
  }

  async function renew() {
    const answer = await ask(location.pathname);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    renewedFor = live.generatedAt;
    if (!fresh.body.dataset.madeAt || fresh.body.dataset.madeAt < body.dataset.madeAt) return;
    const look = (root) => root.querySelector("style").textContent + root.querySelector("script[defer]").getAttribute("src");
    if (look(fresh) !== look(document)) return location.reload();
    swap(fresh);
  }

  function swap(fresh) {
    const headline = document.querySelector("h1")?.textContent;
    const kept = new Map(all("details[data-keep]").map((d) => [d.dataset.keep, d]));
    const inputs = all("input[id]").map(({ id, value, checked }) => ({ id, value, checked }));
    const focused = document.activeElement;
    const keys = (root) => regions(root).map((r) => r.dataset.live).join("\n");
    if (keys(fresh) === keys(document)) {
      const news = new Map(regions(fresh).map((r) => [r.dataset.live, r]));
      for (const region of regions(document)) {
        const source = news.get(region.dataset.live);
        if (source.outerHTML === sources.get(region.dataset.live)) continue;
        sources.set(region.dataset.live, source.outerHTML);
        region.replaceWith(source);
      }
    } else {
      sources.clear();
      for (const region of regions(fresh)) sources.set(region.dataset.live, region.outerHTML);
      for (const part of [".crown", "main", "footer"]) {
        document.querySelector(part).replaceWith(fresh.querySelector(part));
      }
    }
    for (const name of ["madeAt", "staleAfter"]) {
      if (fresh.body.dataset[name]) body.dataset[name] = fresh.body.dataset[name];
      else delete body.dataset[name];
    }
    body.className = fresh.body.className;
    document.getElementById("stale").hidden = true;
    document.title = fresh.title;
    document.querySelector('link[rel="icon"]').href = fresh.querySelector('link[rel="icon"]').getAttribute("href");
    for (const details of all("details[data-keep]")) {
      const before = kept.get(details.dataset.keep);
      if (!before || before === details) continue;
      // What nobody has touched follows the page: a folded group opens when there is trouble in it.
      if ("touched" in before.dataset || !("group" in before.dataset)) details.open = before.open;
      for (const name of ["was", "touched"]) if (name in before.dataset) details.dataset[name] = before.dataset[name];
    }
    for (const { id, value, checked } of inputs) {
      const input = document.getElementById(id);
      if (input) Object.assign(input, { value, checked });
    }
    const said = document.querySelector("h1")?.textContent;
    if (said !== headline) document.getElementById("told").textContent = said;
    dress();
    if (!focused.isConnected) refocus(focused);
  }

  function refocus(lost) {
    const place = lost.id ? `#${CSS.escape(lost.id)}` : lost.getAttribute("href") && `a[href="${CSS.escape(lost.getAttribute("href"))}"]`;
    const found = place && document.querySelector(place);
    if (found) found.focus({ preventScroll: true });
  }

  // A monitor's page is made rarely; what it says of the moment comes from status.json.
  function overlay() {
    const standing = document.querySelector("[data-monitor]");
    const endpoint = standing && live.endpoints.find(({ id }) => id === standing.dataset.monitor);
    if (!endpoint || live.generatedAt < body.dataset.madeAt) return;
    const looked = document.querySelector(".looked");
    const time = looked.querySelector("[data-looked] time");
    time.dateTime = looked.querySelector("[data-ago]").dataset.ago = live.generatedAt;
    time.title = "";
    if (endpoint.status === standing.dataset.status) return localise(looked);
    const source = all(".standing", document.getElementById("standings").content).find(
      (candidate) => candidate.dataset.status === endpoint.status,
    );
    if (!source) return;
    const fresh = document.importNode(source, true);
    fresh.dataset.monitor = endpoint.id;
    fresh.classList.add("overlaid");
    standing.replaceWith(fresh);
    body.className = body.className.replace(/tone-\w+/, `tone-${source.dataset.tone}`);
    document.querySelector('link[rel="icon"]').href = source.dataset.icon;
    document.title = source.dataset.title;
    for (const outdated of all("[data-standing]")) outdated.remove();
    localise(looked);
  }

  // Buttons that need a script appear with it.

  function dress() {
    localise();
    for (const button of all("[data-copy]")) button.hidden = !navigator.clipboard;
    tick();
    document.dispatchEvent(new Event("dressed"));
  }

  document.addEventListener("click", async ({ target }) => {
    const copy = target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
      copy.classList.add("done");
      setTimeout(() => copy.classList.remove("done"), 1500);
    }
  });
  document.addEventListener("visibilitychange", () => document.hidden || poll());

  window.pulseboard = { language, span }; // for the scripts beside this one, which listen for `dressed`
  for (const region of regions(document)) sources.set(region.dataset.live, region.outerHTML);
  dress();
  setInterval(tick, TICK_MS);
  if (body.dataset.madeAt) {
    setInterval(() => document.hidden || poll(), POLL_MS);
    poll();
  }
})();
