// Has the worker (sw.js) installed that answers when nothing can be fetched. A private page leaves nothing on the device.
(() => {
  if (!("worker" in document.body.dataset)) {
    try {
      localStorage.removeItem("seen");
    } catch {} // no storage, nothing kept
    return;
  }
  if (!navigator.serviceWorker) return;
  const install = () =>
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch((error) => console.info("No worker:", error.message));
  if (document.readyState === "complete") install();
  else addEventListener("load", install);
})();
