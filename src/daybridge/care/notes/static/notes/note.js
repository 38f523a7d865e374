// The note's editor: Alt 1-9 ties the line one writes in to an objective; `.name` followed by a
// space or a new line is written out; "When" is asked only of what was not booked.
(() => {
  "use strict";
  const form = document.querySelector("[data-note]");
  if (!form) return;
  const macros = new Map([...document.querySelectorAll("[data-macro]")].map((one) => [one.dataset.macro, one.dataset.words]));
  const NAME = /(?:^|[^\w.])(\.([a-z][a-z0-9]{0,23}))([\s,;:])$/;
  let field = form.querySelector("textarea");

  function changed(place) {
    place.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) field = event.target; });
  form.addEventListener("input", (event) => {
    const place = event.target;
    if (!place.matches("textarea") || !event.inputType?.startsWith("insert")) return;
    const end = place.selectionEnd;
    const found = place.value.slice(0, end).match(NAME);
    if (!found || !macros.has(found[2])) return;
    const start = end - found[3].length - found[1].length;
    place.setRangeText(macros.get(found[2]) + found[3], start, end, "end");
    changed(place);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-macro]");
    if (!button) return;
    field.setRangeText(button.dataset.words, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    changed(field);
  });
  form.addEventListener("keydown", (event) => {
    const number = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (!event.altKey || event.ctrlKey || !number) return;
    const tick = event.target.closest("[data-line]")?.querySelectorAll("[data-cites] input")[number - 1];
    if (!tick) return;
    event.preventDefault();
    tick.click();
  });

  const about = form.querySelector("[data-about]");
  const when = form.querySelector("[data-when]");
  const show = () => { when.hidden = about.value.startsWith("session-"); };
  about.addEventListener("change", show);
  show();
})();
