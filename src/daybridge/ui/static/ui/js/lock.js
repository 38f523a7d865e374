// Idle lock. After meta[daybridge-idle-minutes] without a key or a move the page is covered
// and the password is asked; a minute before, it says so. Drafts are saved first. All tabs
// lock and unlock together. The server is told (/lock/), so loading the page again does not help.
(() => {
  "use strict";
  const minutes = parseFloat(document.querySelector('meta[name="daybridge-idle-minutes"]')?.content);
  const dialog = document.getElementById("lock");
  if (!(minutes > 0) || !dialog?.showModal) return;
  const LIMIT = minutes * 60000;
  const WARN = Math.max(LIMIT - 60000, LIMIT * 0.9);
  const root = document.documentElement;
  const warning = document.querySelector("[data-lock-warning]");
  const form = dialog.querySelector("[data-unlock]");
  const error = dialog.querySelector("#lock-error");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("daybridge-lock") : null;
  let last = Date.now();
  let back = null;
  let title = document.title;
  const locked = () => root.classList.contains("is-locked");

  function active() {
    if (locked()) return;
    const now = Date.now();
    if (now - last >= LIMIT) { lock(); return; } // the computer slept
    if (now - last > 1000) tabs?.postMessage("active");
    last = now;
    warning.hidden = true;
  }

  function post(url, body) {
    return fetch(url, {
      method: "POST", body, credentials: "same-origin", cache: "no-store",
      headers: { "X-CSRFToken": window.daybridge.csrf() },
    });
  }

  function lock({ tell = true } = {}) {
    if (locked()) return;
    const kept = window.daybridge.saveDrafts();
    back = document.activeElement;
    title = document.title;
    document.title = dialog.dataset.title;
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    root.classList.add("is-locked");
    warning.hidden = true;
    error.textContent = "";
    dialog.showModal();
    dialog.querySelector("input").focus();
    if (!tell) return;
    tabs?.postMessage("lock");
    kept.finally(() => post("/lock/").catch(() => {}));
  }

  function unlock({ tell = true } = {}) {
    if (!locked()) return;
    root.classList.remove("is-locked");
    dialog.close();
    form.reset();
    document.title = title;
    last = Date.now();
    back?.focus?.();
    if (tell) tabs?.postMessage("unlock");
    document.dispatchEvent(new CustomEvent("daybridge:unlocked"));
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const button = form.querySelector("button");
    button.setAttribute("aria-busy", "true");
    try {
      const response = await post("/unlock/", new URLSearchParams(new FormData(form)));
      if (response.redirected || response.status === 401) location.reload(); // signed out meanwhile
      else if (response.ok) unlock();
      else error.textContent = response.status === 429 ? error.dataset.slow : error.dataset.wrong;
    } catch {
      error.textContent = error.dataset.down;
    } finally {
      button.removeAttribute("aria-busy");
      if (locked()) form.querySelector("input").select();
    }
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => { if (locked()) dialog.showModal(); });
  document.addEventListener("daybridge:lock", () => lock());
  document.addEventListener("click", (event) => { if (event.target.closest("[data-lock-now]")) lock(); });
  ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"].forEach((name) => {
    document.addEventListener(name, active, { passive: true });
  });
  tabs?.addEventListener("message", ({ data }) => {
    if (data === "active" && !locked()) { last = Date.now(); warning.hidden = true; }
    if (data === "lock") lock({ tell: false });
    if (data === "unlock") unlock({ tell: false });
  });
  function tick() {
    const idle = Date.now() - last;
    if (locked()) return;
    if (idle >= LIMIT) lock();
    else warning.hidden = idle < WARN;
  }
  setInterval(tick, Math.min(1000, LIMIT / 20));
  document.addEventListener("visibilitychange", tick);
})();
