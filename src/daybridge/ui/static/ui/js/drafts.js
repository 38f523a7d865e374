// <form data-draft="slug">: what is typed is a draft on the server one second after typing
// stops, and on leaving a field. Never a password. [data-draft-state] in the form says so.
(() => {
  "use strict";
  const QUIET = 1000;
  const AGAIN = 5000;
  const pending = new Map(); // form -> timer
  const SKIPPED = new Set(["csrfmiddlewaretoken", "_key", "_who", "_back", "_draft"]);

  function fields(form) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const secret = form.querySelector(`[name="${CSS.escape(name)}"][type="password"]`);
      if (typeof value === "string" && !secret && !SKIPPED.has(name)) body.append(name, value);
    }
    body.append("_basis", form.dataset.basis || "");
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

  // What the same person typed here before and has not saved comes back whole, ticks and choices
  // too, if the page still shows what the draft began from. If something newer is saved, both are
  // shown and the person chooses.
  const own = (form) => [...form.elements].filter((one) => one.name
    && !SKIPPED.has(one.name) && !/^(hidden|password|file|submit|button|reset|fieldset)$/.test(one.type));
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  const listed = (said) => (said === undefined ? [] : [].concat(said));

  function drawn(field) { // what the server drew, whatever the browser filled in since
    if (isTick(field)) return field.defaultChecked ? [field.value] : [];
    if (!field.options) return [field.defaultValue];
    const chosen = [...field.options].filter((one) => one.defaultSelected);
    return (chosen.length || field.multiple ? chosen : [...field.options].slice(0, 1)).map((one) => one.value);
  }

  function basis(form) { // a short fingerprint of the drawn form; room for more changes nothing
    const text = own(form).filter((field) => drawn(field).some(Boolean)).map((field) => `${field.name}=${drawn(field).join("\u0001")}`).join("\u0002")
      + (form.elements.version?.value || "");
    let hash = 5381;
    for (const letter of text) hash = (hash * 33 + letter.codePointAt(0)) % 4294967296;
    return hash.toString(36);
  }

  function wanted(field, kept) { // what the draft says of this field
    const said = listed(kept[field.name]);
    return isTick(field) ? said.filter((one) => one === field.value) : said;
  }

  // a field the form has grown since the draft is not the draft's to empty
  const differs = (field, kept) => (isTick(field) || field.name in kept)
    && wanted(field, kept).join("\n").replaceAll("\r", "") !== drawn(field).join("\n").replaceAll("\r", "");

  const isTouched = (field) => {
    if (isTick(field)) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    return [...field.selectedOptions].map((one) => one.value).join() !== drawn(field).join();
  };

  function put(form, kept) { // what somebody has touched since stays theirs
    for (const field of own(form).filter((one) => differs(one, kept) && !isTouched(one))) {
      const said = wanted(field, kept);
      if (isTick(field)) field.checked = said.length > 0;
      else if (field.options) for (const one of field.options) one.selected = said.includes(one.value);
      else field.value = said[0];
      field.dispatchEvent(new Event("change", { bubbles: true })); // what depends on it follows
    }
  }

  function label(field) {
    const words = field.closest("fieldset")?.querySelector("legend")?.textContent || "";
    return [isTick(field) ? words : "", field.labels?.[0]?.textContent || field.name].filter(Boolean).join(": ").trim();
  }

  const shown = (field, said) => (isTick(field) ? (said.length ? "✓" : "–") : said.join(", ") || "–");

  function offer(form, kept, saved, isNewer) {
    const band = document.querySelector("[data-draft-words]").content.cloneNode(true).firstElementChild;
    const when = band.querySelector("[data-draft-when]");
    when.textContent = `${isNewer ? when.dataset.newer : when.dataset.back} ${saved}.`;
    const take = band.querySelector("[data-draft-take]");
    if (isNewer) {
      const table = band.querySelector("[data-draft-table]");
      for (const field of own(form).filter((one) => differs(one, kept))) {
        const row = table.tBodies[0].insertRow();
        for (const text of [label(field), shown(field, wanted(field, kept)), shown(field, drawn(field))]) row.insertCell().textContent = text;
      }
      table.hidden = take.hidden = false;
      take.addEventListener("click", () => { put(form, kept); take.hidden = true; later(form); });
    }
    band.querySelector("[data-draft-drop]").addEventListener("click", async () => {
      clearTimeout(pending.get(form));
      pending.delete(form);
      await drop(form);
      form.reset();
      own(form).forEach((field) => field.dispatchEvent(new Event("change", { bubbles: true })));
      clearTimeout(pending.get(form));
      pending.delete(form);
      band.remove();
    });
    form.prepend(band);
  }

  const drop = (form) => fetch("/kept/", {
    method: "POST", credentials: "same-origin", redirect: "manual",
    headers: { "X-CSRFToken": window.daybridge.csrf() },
    body: new URLSearchParams({ drop: form.dataset.draft }),
  });

  async function restore(form) {
    form.dataset.basis = basis(form);
    try {
      const response = await fetch(`/drafts/${encodeURIComponent(form.dataset.draft)}/`, { credentials: "same-origin", cache: "no-store" });
      const { fields: kept, saved } = response.ok ? await response.json() : {};
      if (!kept) return;
      if (form.querySelector("[aria-invalid=true]")) { // given back with what was typed
        form.dataset.basis = kept._basis || form.dataset.basis;
        return;
      }
      if (!own(form).some((field) => differs(field, kept))) {
        await drop(form); // all of it is saved
        return;
      }
      const isNewer = kept._basis !== form.dataset.basis;
      if (!isNewer) {
        put(form, kept);
        say(form, "saved", saved);
      }
      offer(form, kept, saved, isNewer);
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
