// What a day was like: on hover, on a tap, and with the arrow keys. A strip of days is one stop for Tab, not ninety.
(() => {
  const VERDICTS = { u: "up", g: "degraded", x: "down", m: "maintenance", n: "no_data" };
  const DAY = 86_400_000;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  let card = null; // the one card of the page
  let shown = null; // the strip that it belongs to
  let index = 0;
  let leaving = 0;

  function daysOf(strip) {
    const first = Date.parse(strip.dataset.from);
    return strip.dataset.days
      .split(" ")
      .flatMap((piece) => {
        const [, count, letter, rest] = piece.match(/^(\d*)([a-z])(.*)$/);
        const [percent, down, coverage] = rest.split(",");
        const known = letter !== "n";
        const day = {
          verdict: VERDICTS[letter],
          percent: known && percent !== "-" ? percent || "100" : null,
          down: known && Number(down || 0),
          coverage: known ? coverage || "100" : null,
        };
        return Array(Number(count || 1)).fill(day);
      })
      .map((day, age) => ({ ...day, at: new Date(first + age * DAY) }));
  }

  function incidentsOn(strip, at) {
    const day = at.toISOString().slice(0, 10);
    const past = document.querySelector("[data-incidents]");
    return JSON.parse(past?.dataset.incidents || "[]").filter(
      ([, , from, to, monitors]) => from <= day && (!to || day <= to) && monitors.includes(strip.dataset.strip),
    );
  }

  const date = (day) => day.at.toLocaleDateString(pulseboard.language, { dateStyle: "long", timeZone: "UTC" });
  const percent = (value) => card.dataset.percent.replace("{number}", value.replace(".", card.dataset.decimal));
  const rows = (day) => ({
    uptime: day.percent && percent(day.percent),
    down: day.down ? pulseboard.span(day.down * 1000) : null,
    coverage: day.coverage && day.coverage !== "100" ? percent(day.coverage) : null,
  });

  function fill(strip, day) {
    card.querySelector("[data-day]").textContent = date(day);
    for (const state of all("[data-verdict]", card)) state.hidden = state.dataset.verdict !== day.verdict;
    for (const [name, value] of Object.entries(rows(day))) {
      const row = card.querySelector(`[data-row="${name}"]`);
      row.hidden = !value;
      row.querySelector("dd").textContent = value || "";
    }
    card.querySelector("ul").replaceChildren(
      ...incidentsOn(strip, day.at).map(([id, title]) => {
        const link = document.createElement("a");
        link.href = `/incidents/${encodeURIComponent(id)}`;
        link.append(Object.assign(document.createElement("bdi"), { textContent: title }));
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
  }

  // Screen readers hear the same from the strip itself.
  function say(strip, day) {
    const verdict = card.querySelector(`[data-verdict="${day.verdict}"]`).textContent.trim();
    const told = all("[data-row]", card).filter((row) => !row.hidden);
    const facts = told.map((row) => `${row.querySelector("dt").textContent} ${row.querySelector("dd").textContent}`);
    const titles = all("li", card).map((item) => item.textContent);
    strip.setAttribute("aria-valuenow", index + 1);
    strip.setAttribute("aria-valuetext", [date(day), verdict, ...facts, ...titles].join(", "));
  }

  function place(strip, count) {
    const box = strip.parentElement;
    const middle = ((index + 0.3) / (count - 0.4)) * box.clientWidth;
    const mark = card.querySelector(".mark");
    card.style.left = `${Math.max(0, Math.min(middle - card.offsetWidth / 2, box.clientWidth - card.offsetWidth))}px`;
    mark.style.left = `${middle - card.offsetLeft}px`;
    card.classList.toggle("below", box.getBoundingClientRect().top < card.offsetHeight + 16);
  }

  function show(strip, at) {
    const days = daysOf(strip);
    clearTimeout(leaving);
    card ??= document.importNode(document.getElementById("day-card").content.firstElementChild, true);
    if (shown !== strip) strip.after(card);
    shown = strip;
    index = Math.max(0, Math.min(at, days.length - 1));
    card.hidden = false;
    fill(strip, days[index]);
    say(strip, days[index]);
    place(strip, days.length);
  }

  function hide() {
    clearTimeout(leaving);
    if (!card || card.hidden) return;
    if (card.contains(document.activeElement)) shown.focus();
    card.hidden = true;
  }

  const under = (strip, event) => {
    const { left, width } = strip.getBoundingClientRect();
    return Math.floor(((event.clientX - left) / width) * Number(strip.getAttribute("aria-valuemax")));
  };
  const stripOf = (event) => event.target.closest?.("[data-strip]");
  const held = () => shown && (document.activeElement === shown || card.contains(document.activeElement));

  document.addEventListener("pointermove", (event) => {
    const strip = stripOf(event);
    if (strip) {
      const at = under(strip, event);
      if (card?.hidden !== false || shown !== strip || at !== index) show(strip, at);
    } else if (card && !card.hidden && !held()) {
      clearTimeout(leaving);
      // Time enough to cross over to the card, which stays while the pointer is on it.
      if (!event.target.closest?.("#day")) leaving = setTimeout(hide, 300);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const strip = stripOf(event);
    if (strip) show(strip, under(strip, event));
    else if (!event.target.closest?.("#day")) hide();
  });
  document.addEventListener("click", (event) => {
    const step = Number(event.target.closest?.("[data-step]")?.dataset.step || 0);
    if (step) show(shown, index + step);
  });
  document.addEventListener("focusin", (event) => {
    const strip = stripOf(event);
    if (strip && (shown !== strip || card.hidden)) show(strip, shown === strip ? index : Infinity);
    else if (!strip && !event.target.closest?.("#day")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const strip = stripOf(event);
    const to = { ArrowLeft: index - 1, ArrowDown: index - 1, ArrowRight: index + 1, ArrowUp: index + 1 };
    Object.assign(to, { Home: 0, End: Infinity, PageUp: index + 7, PageDown: index - 7 });
    if (!strip || !(event.key in to)) return;
    event.preventDefault();
    show(strip, to[event.key]);
  });

  // A strip is a picture with a caption until there is somebody to answer.
  document.addEventListener("dressed", () => {
    for (const strip of all("[data-strip]:not([role])")) {
      const picture = strip.querySelector("svg");
      const days = daysOf(strip);
      const facts = { role: "slider", tabindex: 0, "aria-label": strip.dataset.name, "aria-valuemin": 1 };
      Object.assign(facts, { "aria-valuemax": days.length, "aria-valuenow": days.length });
      facts["aria-valuetext"] = picture.getAttribute("aria-label");
      for (const [name, value] of Object.entries(facts)) strip.setAttribute(name, value);
      picture.setAttribute("aria-hidden", "true");
      picture.removeAttribute("role");
    }
    if (shown && !shown.isConnected) {
      const successor = card.hidden ? null : document.getElementById(shown.id);
      shown = null;
      if (successor) show(successor, index);
    }
  });
})();
