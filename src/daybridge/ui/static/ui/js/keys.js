// Keyboard shortcuts (UX.md section 5). Single keys are off in fields and can be turned off;
// keys with Ctrl work everywhere.
(() => {
  "use strict";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  let on = !/(?:^|; )keys=off/.test(document.cookie);
  let afterG = 0;

  const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const shown = (element) => element.getClientRects().length > 0;
  const first = (selector) => [...document.querySelectorAll(selector)].find(shown);

  function press(key) { // data-hotkey="n" on the page, data-row-hotkey="b" in the row of the focus
    const name = CSS.escape(key.toLowerCase());
    const row = document.activeElement.closest("tr, [data-row]");
    const target = row?.querySelector(`[data-row-hotkey="${name}"]`) || first(`[data-hotkey="${name}"]`);
    if (!target) return false;
    if (typing(target)) target.focus(); else target.click();
    return true;
  }

  function go(key) {
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) location.assign(link.href);
    return Boolean(link);
  }

  function rows() {
    const list = document.activeElement.closest("[data-rows]") || first("[data-rows]");
    const found = list ? [...list.querySelectorAll("[data-row], tbody > tr")].filter(shown) : [];
    return found.length ? found : list ? [...list.children].filter(shown) : [];
  }

  function step(by) {
    const all = rows();
    if (!all.length) return false;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const row = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    row.tabIndex = -1;
    row.focus();
    return true;
  }

  function open() {
    const row = document.activeElement;
    if (!row.matches("tr, [data-row]")) return false;
    (row.querySelector("[data-open]") || row.querySelector("a[href]"))?.click();
    return true;
  }

  function find() {
    const field = first("[data-find]");
    if (field) field.focus(); else document.dispatchEvent(new CustomEvent("daybridge:palette"));
    return true;
  }

  function help() {
    const dialog = document.getElementById("keys-help");
    const list = dialog?.querySelector("[data-keys-list]");
    if (!list) return false;
    list.querySelectorAll("[data-own]").forEach((line) => line.remove());
    const inRows = [...new Map([...document.querySelectorAll("[data-row-hotkey]")].map((e) => [e.dataset.rowHotkey, e])).values()];
    const own = [
      ...inRows.map((e) => [e.dataset.hotkeyLabel, [e.dataset.rowHotkey.toUpperCase()]]),
      ...[...document.querySelectorAll("[data-hotkey]")].map((e) => [e.dataset.hotkeyLabel || words(e), [e.dataset.hotkey.toUpperCase()]]),
      ...[...document.querySelectorAll("[data-go]")].map((e) => [words(e), ["G", e.dataset.go.toUpperCase()]]),
    ];
    for (const [label, keys] of own) {
      const line = document.createElement("div");
      const dt = document.createElement("dt");
      const dd = document.createElement("dd");
      dt.textContent = label;
      keys.forEach((key) => { const k = document.createElement("kbd"); k.textContent = key; dd.append(k, " "); });
      line.dataset.own = "";
      line.append(dt, dd);
      list.append(line);
    }
    dialog.showModal();
    return true;
  }

  function words(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("kbd, .db-nav-count, .visually-hidden").forEach((part) => part.remove());
    return (copy.textContent.trim() || element.getAttribute("aria-label") || "").replace(/\s+/g, " ");
  }
  window.daybridge.words = words;

  function withCtrl(event) {
    const key = event.key.toLowerCase();
    if (key === "k") document.dispatchEvent(new CustomEvent("daybridge:palette"));
    else if (key === ".") window.daybridge.toggleInitials();
    else if (key === "s") window.daybridge.saveDrafts(true);
    else if (key === "enter") {
      const button = event.target.closest("form")?.querySelector("[data-finish]") || first("[data-finish]");
      if (button) button.click(); else event.target.closest("form")?.requestSubmit();
    } else return;
    event.preventDefault();
  }

  function single(event) {
    const key = event.key;
    if (afterG) {
      clearTimeout(afterG);
      afterG = 0;
      return go(key.toLowerCase());
    }
    if (key === "g") {
      afterG = setTimeout(() => { afterG = 0; press("g"); }, 900);
      return true;
    }
    const known = { "?": help, "/": find, j: () => step(1), k: () => step(-1), Enter: open };
    return known[key] ? known[key]() : /^[a-z0-9]$/i.test(key) && press(key);
  }

  document.addEventListener("keydown", (event) => {
    if (document.documentElement.classList.contains("is-locked") || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) { withCtrl(event); return; }
    if (!on || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (single(event)) event.preventDefault();
  });

  function show() {
    document.querySelectorAll("[data-keys-toggle]").forEach((button) => {
      const word = button.querySelector("[data-on]");
      button.setAttribute("aria-pressed", String(on));
      word.textContent = on ? word.dataset.on : word.dataset.off;
    });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-help]")) help();
    if (!event.target.closest("[data-keys-toggle]")) return;
    on = !on;
    document.cookie = `keys=${on ? "on" : "off"}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    show();
  });
  show();
})();
