// What every page needs: focus after a change, confirming by name, menus, live parts,
// "Initials only", short notices. No state is kept here.
(() => {
  "use strict";
  const secure = location.protocol === "https:" ? "; Secure" : "";

  // --- focus: first error or the new heading ------------------------------------------------
  function focusIn(part) {
    const found = part?.matches?.("[data-autofocus]") ? part : part?.querySelector?.("[data-autofocus]");
    found?.focus();
  }
  document.addEventListener("DOMContentLoaded", () => focusIn(document));
  document.addEventListener("daybridge:shown", () => focusIn(document.querySelector("main")));
  document.addEventListener("htmx:afterSettle", (event) => focusIn(event.detail.elt));

  // --- confirm by naming it: data-confirm="Sign for 8 clients?" -------------------------------
  function ask(asker) {
    const dialog = document.getElementById("confirm");
    if (!dialog?.showModal) return Promise.resolve(window.confirm(asker.dataset.confirm));
    dialog.querySelector("#confirm-title").textContent = asker.dataset.confirm;
    dialog.querySelector("#confirm-detail").textContent = asker.dataset.confirmDetail || "";
    dialog.querySelector("[data-confirm-yes]").textContent = asker.dataset.confirmLabel || asker.textContent.trim() || document.querySelector("[data-notices]").dataset.goOn;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => { asker.focus(); resolve(dialog.returnValue === "yes"); }, { once: true });
    });
  }
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent, issueRequest } = event.detail;
    const asker = [triggeringEvent?.submitter, elt].find((e) => e?.dataset?.confirm);
    if (!asker) return;
    event.preventDefault();
    ask(asker).then((yes) => { if (yes) issueRequest(true); });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asker = [event.submitter, form].find((e) => e?.dataset?.confirm);
    if (!asker || form.hasAttribute("hx-post") || asker.hasAttribute("hx-post")) return;
    if (form.dataset.confirmed) { delete form.dataset.confirmed; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asker).then((yes) => { if (yes) { form.dataset.confirmed = "1"; form.requestSubmit(event.submitter); } });
  }, true);

  // --- menus: close on Esc and on a click elsewhere -------------------------------------------
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  // --- live parts: wait while the tab is hidden or someone types in them ------------------------
  function busy(part) {
    const here = document.activeElement;
    const typing = part.contains(here) && here.matches("input, textarea, select, [contenteditable]");
    return document.hidden || typing || document.querySelector("dialog[open]") !== null;
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    const own = !event.detail.requestConfig.triggeringEvent?.isTrusted;
    if (part.matches("[data-live]") && own && busy(part)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.querySelectorAll("[data-live]").forEach((part) => window.htmx?.trigger(part, "refresh"));
  });
  function stale(event) { // never looks fresh when it is not
    const part = event.detail.elt.closest?.("[data-live]");
    const place = part?.querySelector("[data-live-state]");
    if (place && !place.dataset.stale) {
      const since = part.querySelector("time")?.textContent || place.dataset.liveState || "";
      place.dataset.stale = "1";
      place.textContent = `${document.querySelector("[data-notices]").dataset.notKnown} ${since || new Date().toTimeString().slice(0, 5)}`;
    }
  }
  document.addEventListener("htmx:sendError", stale);
  document.addEventListener("htmx:responseError", stale);

  // --- "Initials only" --------------------------------------------------------------------------
  function cover(on) {
    document.cookie = `initials=${on ? 1 : 0}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    document.querySelectorAll("[data-initials-toggle]").forEach((b) => b.setAttribute("aria-pressed", String(on)));
    document.querySelectorAll("[data-person]").forEach((name) => {
      name.textContent = on ? name.dataset.initials : name.dataset.person;
    });
  }
  window.daybridge.toggleInitials = () => {
    const button = document.querySelector("[data-initials-toggle]");
    if (button) cover(button.getAttribute("aria-pressed") !== "true");
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-initials-toggle]")) window.daybridge.toggleInitials();
  });

  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });

  // --- short notices for background work: HX-Trigger: {"notice": "The report is ready"} -----------
  window.daybridge.notice = (text) => {
    const line = document.createElement("div");
    line.className = "db-notice";
    line.textContent = text;
    document.querySelector("[data-notices]").append(line);
    setTimeout(() => line.remove(), 8000);
  };
  document.addEventListener("notice", (event) => window.daybridge.notice(event.detail.value || event.detail));
})();
