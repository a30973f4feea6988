// Finds monitors on a long page by their words, or only those with trouble; and remembers what was folded.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function apply() {
    const filter = document.querySelector(".filter");
    if (!filter) return;
    const words = plain(filter.querySelector("#filter").value).split(/\s+/).filter(Boolean);
    const trouble = filter.querySelector("#trouble").checked;
    const active = words.length > 0 || trouble;
    let found = 0;
    let count = 0;
    for (const group of all("details.group")) {
      const name = group.querySelector("h2").textContent;
      let inside = 0;
      for (const monitor of all(".monitor", group)) {
        const text = plain(`${name} ${monitor.querySelector("h3").textContent}`);
        const fits = words.every((word) => text.includes(word)) && !(trouble && monitor.classList.contains("is-up"));
        monitor.hidden = !fits;
        inside += fits;
        count += 1;
      }
      found += inside;
      group.hidden = !inside;
      if (active && !("was" in group.dataset)) group.dataset.was = group.open ? "open" : "";
      if (active) group.open = true;
      else if ("was" in group.dataset) {
        group.open = group.dataset.was === "open";
        delete group.dataset.was;
      }
    }
    const said = document.getElementById("found");
    const text = active ? said.dataset.said.replace("{n}", found).replace("{all}", count) : "";
    if (said.textContent !== text) said.textContent = text;
  }

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => target.closest?.(".filter") && apply());
  }
  document.addEventListener("click", ({ target }) => {
    const group = target.closest?.("summary")?.parentElement;
    if (group?.dataset.keep) group.dataset.touched = "";
  });
  document.addEventListener("dressed", apply);

  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all("details.group:not([open])");
    for (const group of unfolded) group.open = true;
  });
  addEventListener("afterprint", () => { for (const group of unfolded) group.open = false; });
})();
