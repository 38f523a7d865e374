// Ctrl K: find a client, go to a page, do something. Pages and actions are those of this page;
// clients come from /find/?q= as a list of links. Nothing typed here goes into the history.
(() => {
  "use strict";
  const dialog = document.getElementById("palette");
  if (!dialog?.showModal) return; // the link to /find/ still works
  const input = dialog.querySelector("#palette-q");
  const local = dialog.querySelector("[data-palette-local]");
  const remote = dialog.querySelector("[data-palette-remote]");
  const status = dialog.querySelector("[data-palette-status]");
  const url = dialog.querySelector("[data-find-url]").dataset.findUrl;
  let back = null;
  let timer = 0;
  let asked = null;
  let wanted = false; // Enter was pressed before the answer came

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const found = () => [...dialog.querySelectorAll("#palette-list a, #palette-list button")];

  function open() {
    if (dialog.open || document.querySelector("dialog[open]")) return;
    back = document.activeElement;
    wanted = false;
    input.value = "";
    remote.replaceChildren();
    status.textContent = "";
    list("");
    dialog.showModal();
    input.focus();
  }

  function list(query) {
    local.replaceChildren();
    const seen = new Set();
    document.querySelectorAll("[data-go], [data-hotkey]").forEach((source) => {
      const label = source.dataset.hotkeyLabel || window.daybridge.words(source);
      if (!label || seen.has(label) || !` ${plain(label)}`.includes(` ${plain(query)}`)) return;
      seen.add(label);
      local.append(entry(source, label));
    });
    local.hidden = !local.children.length;
  }

  function entry(source, label) {
    const line = document.createElement("li");
    const link = document.createElement(source.href ? "a" : "button");
    const key = document.createElement("kbd");
    if (source.href) link.href = source.href; else link.type = "button";
    if (!source.href) link.addEventListener("click", () => { dialog.close(); source.click(); });
    key.textContent = source.dataset.go ? `G ${source.dataset.go.toUpperCase()}` : source.dataset.hotkey.toUpperCase();
    const icon = source.querySelector("svg")?.cloneNode(true);
    if (icon) link.append(icon);
    link.append(label, key);
    line.append(link);
    return line;
  }

  function choose() {
    wanted = timer !== 0;
    if (!wanted) found()[0]?.click();
  }

  async function look(query) {
    asked?.abort();
    if (query.length < 2) {
      timer = 0;
      remote.replaceChildren();
      status.textContent = "";
      return;
    }
    asked = new AbortController();
    try {
      const response = await fetch(`${url}?q=${encodeURIComponent(query)}`, {
        credentials: "same-origin", cache: "no-store", signal: asked.signal,
        headers: { "HX-Request": "true", Accept: "text/html" },
      });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      remote.replaceChildren(...document.importNode(page.body, true).childNodes);
      status.textContent = found().length ? `${found().length} found` : status.dataset.none;
    } catch (error) {
      if (error.name === "AbortError") return; // a later search is under way
      remote.replaceChildren();
      status.textContent = status.dataset.down;
    }
    timer = 0;
    if (wanted) choose();
  }

  input.addEventListener("input", () => {
    list(input.value.trim());
    wanted = false;
    clearTimeout(timer);
    timer = setTimeout(() => look(input.value.trim()), 150);
  });
  dialog.addEventListener("keydown", (event) => {
    const all = found();
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && all.length) all[Math.min(at + 1, all.length - 1)].focus();
    else if (event.key === "ArrowUp") (at > 0 ? all[at - 1] : input).focus();
    else if (event.key === "Enter" && document.activeElement === input) choose();
    else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " ") { input.focus(); return; }
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { remote.replaceChildren(); input.value = ""; back?.focus(); });
  document.addEventListener("daybridge:palette", open);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
})();
