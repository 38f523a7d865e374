// <form data-draft="slug">: what is typed is a draft on the server one second after typing
// stops, and on leaving a field. Never a password. [data-draft-state] in the form says so.
(() => {
  "use strict";
  const QUIET = 1000;
  const AGAIN = 5000;
  const pending = new Map(); // form -> timer
  const SKIPPED = new Set(["csrfmiddlewaretoken", "_key", "_who", "_resolve"]);

  function fields(form) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const secret = form.querySelector(`[name="${CSS.escape(name)}"][type="password"]`);
      if (typeof value === "string" && !secret && !SKIPPED.has(name)) body.append(name, value);
    }
    return body;
  }

  function say(form, word, time = "") {
    const place = form.querySelector("[data-draft-state]")
      || document.querySelector(`[data-draft-state="${CSS.escape(form.dataset.draft)}"]`);
    if (!place) return;
    place.textContent = [place.dataset[word], time].filter(Boolean).join(" ");
  }

  async function savedAt(response) {
    const type = response.headers.get("Content-Type") || "";
    const found = type.includes("json") ? String((await response.json()).saved || "") : await response.text();
    return found.match(/\d{1,2}:\d{2}/)?.[0] || "";
  }

  async function save(form) {
    clearTimeout(pending.get(form));
    pending.delete(form);
    try {
      const response = await fetch(`/drafts/${encodeURIComponent(form.dataset.draft)}/`, {
        method: "POST", body: fields(form), credentials: "same-origin", keepalive: true,
        headers: { "X-CSRFToken": window.daybridge.csrf() },
      });
      if (response.status >= 500) throw new Error(String(response.status));
      if (response.ok) say(form, "saved", await savedAt(response));
      else say(form, "refused");
    } catch {
      say(form, "waiting");
      if (!pending.has(form)) pending.set(form, setTimeout(() => save(form), AGAIN));
    }
  }

  function later(form) {
    clearTimeout(pending.get(form));
    pending.set(form, setTimeout(() => save(form), QUIET));
  }

  const formOf = (event) => event.target.closest?.("form[data-draft]");
  const typed = (event) => { const form = formOf(event); if (form && event.target.type !== "password") later(form); };
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("focusout", (event) => {
    const form = formOf(event);
    if (form && pending.has(form)) save(form);
  });
  document.addEventListener("submit", (event) => { // the saved text takes over, the draft goes
    const form = event.target;
    clearTimeout(pending.get(form));
    pending.delete(form);
    if (!form.dataset.draft || form.elements._draft) return;
    const name = Object.assign(document.createElement("input"), { type: "hidden", name: "_draft", value: form.dataset.draft });
    form.append(name);
  }, true);

  // What the same person typed here before and has not saved. A field that was touched or that
  // the page filled anew is left alone; boxes and files are never ticked by a draft.
  const OLD = /^(text|search|email|tel|url|number|date|time|textarea|select-one)$/;
  async function restore(form) {
    try {
      const response = await fetch(`/drafts/${encodeURIComponent(form.dataset.draft)}/`, { credentials: "same-origin", cache: "no-store" });
      const { fields: kept, saved } = response.ok ? await response.json() : {};
      if (!kept || form.querySelector("[aria-invalid=true]")) return;
      let changed = false;
      for (const field of form.elements) {
        if (!OLD.test(field.type) || !(field.name in kept) || field.value || !kept[field.name]) continue;
        field.value = kept[field.name];
        changed = true;
      }
      if (changed) say(form, "saved", saved);
    } catch { /* the draft stays on the server */ }
  }
  document.querySelectorAll("form[data-draft]").forEach(restore);
  document.addEventListener("visibilitychange", () => { if (document.hidden) window.daybridge.saveDrafts(); });

  window.daybridge = window.daybridge || {};
  // Saves what is not saved yet; with all=true every draft form, also an unchanged one.
  window.daybridge.saveDrafts = (all = false) => Promise.all(
    [...(all ? document.querySelectorAll("form[data-draft]") : pending.keys())].map(save),
  );
})();
