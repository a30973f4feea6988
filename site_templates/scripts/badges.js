// Shows badges in another style, and what to copy for it, where there is one in each. Without it the page's own stands.
document.addEventListener("change", ({ target }) => {
  if (target.id !== "badge-style") return;
  const restyled = (text) => text.replace(/(\/badge\/[^\s)"]*\/[\w-]+)(?:\.[a-z-]+)?\.svg/, `$1${target.value}.svg`);
  for (const item of document.querySelectorAll("[data-styled]")) {
    const picture = item.querySelector("img");
    picture.removeAttribute("height"); // each style has its own
    picture.src = restyled(picture.getAttribute("src"));
    for (const code of item.querySelectorAll("code")) code.textContent = restyled(code.textContent);
  }
});
