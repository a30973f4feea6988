// What a visitor chooses, remembered on their own device: the theme, and the window of the numbers.
"use strict";

(() => {
  const page = document.documentElement;
  const THEMES = ["", "light", "dark"];
  const recall = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* until the tab closes */ } };

  function label() {
    const theme = THEMES.indexOf(page.dataset.theme || "");
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.title = button.dataset.themeSwitch.split("|")[theme];
      button.setAttribute("aria-label", button.title);
    }
  }

  function choose(value) {
    const input = value && document.getElementById(`over-${value}`);
    if (input && !input.checked) input.click();
  }

  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-theme-switch]")) return;
    page.dataset.theme = THEMES[(THEMES.indexOf(page.dataset.theme || "") + 1) % THEMES.length];
    remember("theme", page.dataset.theme);
    label();
  });
  document.addEventListener("change", ({ target }) => target.name === "window" && remember("window", target.value));
  document.addEventListener("dressed", label);
  choose(recall("window"));
})();
