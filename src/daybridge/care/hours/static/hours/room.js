// The group room by keyboard: P, L, E, X set the row's presence; A sets everybody here.
// Minutes and reasons show only where they are needed. Nothing is saved before Save.
(() => {
  "use strict";
  const form = document.querySelector("[data-room]");
  if (!form) return;
  const KEYS = { p: "here", l: "late", e: "early", x: "missing" };
  const rows = [...form.querySelectorAll("[data-seat]")];
  const state = form.querySelector("[data-room-state]");

  function chosen(row) {
    return row.querySelector("input[type=radio]:checked")?.value || "";
  }

  function show(row) {
    const now = chosen(row);
    row.querySelectorAll("[data-if]").forEach((part) => {
      part.hidden = !part.dataset.if.split(" ").includes(now);
    });
  }

  function count() {
    const open = rows.filter((row) => !chosen(row)).length;
    const missing = rows.filter((row) => chosen(row) === "missing").length;
    state.textContent = open ? `${open} without an answer` : `${rows.length - missing} here, ${missing} missing`;
  }

  function choose(row, value) {
    const radio = row.querySelector(`input[value="${value}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-seat]");
    if (row) show(row);
    count();
  });
  form.querySelector("[data-all-here]").addEventListener("click", () => {
    rows.filter((row) => !chosen(row)).forEach((row) => choose(row, "here"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input:not([type=radio]), select, textarea");
    if (typing) return;
    const key = event.key.toLowerCase();
    if (key === "a") {
      event.preventDefault();
      form.querySelector("[data-all-here]").click();
      return;
    }
    const row = document.activeElement.closest("[data-seat]");
    if (!row || !(key in KEYS)) return;
    event.preventDefault();
    event.stopPropagation();
    choose(row, KEYS[key]);
    const field = [...row.querySelectorAll("[data-if]")].find((part) => !part.hidden)?.querySelector("input, select");
    if (key === "l" || key === "e") field?.focus();
    else (rows[rows.indexOf(row) + 1] || row).focus();
  }, true);
  rows.forEach(show);
  count();
})();
