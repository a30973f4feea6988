// A page on the wall (`?kiosk`): as large as fits without scrolling, and a screen that stays on.
(() => {
  const page = document.documentElement;
  if (!page.classList.contains("kiosk")) return;
  const LEAST = 9;
  const most = () => Math.max(40, Math.round(innerHeight / 27)); // in pixels: a wall of 2160 has more of them

  // The largest letters with which everything is on the screen; below the least, what is up loses its details.
  function fit() {
    page.classList.remove("dense");
    for (const dense of [false, true]) {
      page.classList.toggle("dense", dense);
      let [low, high] = [LEAST, most()];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        page.style.fontSize = `${middle}px`;
        if (page.scrollHeight <= innerHeight) low = middle;
        else high = middle - 1;
      }
      page.style.fontSize = `${low}px`;
      if (page.scrollHeight <= innerHeight) return;
    }
  }

  async function stayOn() {
    try { await navigator.wakeLock?.request("screen"); } catch { /* not allowed here: the screen's own settings decide */ }
  }

  document.addEventListener("dressed", fit);
  addEventListener("resize", fit);
  document.addEventListener("visibilitychange", () => document.hidden || stayOn());
  stayOn();
})();
