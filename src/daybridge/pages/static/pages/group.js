// The group's lines by keyboard: Alt 1-4 says how somebody took part, Alt Shift 1-9 the objective.
// Who comes through the door while the page is open is ticked as here, unless somebody has answered.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    const number = /^Digit([1-9])$/.exec(event.code)?.[1];
    const line = event.target.closest?.("[data-line]");
    if (!event.altKey || !number || !line) return;
    event.preventDefault();
    const field = event.shiftKey ? line.querySelector("[data-steps]") : line.querySelectorAll("input[type=radio]")[number - 1];
    if (!field) return;
    if (event.shiftKey) field.selectedIndex = Math.min(Number(number), field.options.length - 1);
    else field.checked = true;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const came = event.detail.target;
    const client = came?.dataset?.came;
    if (!client || !came.textContent.trim()) return;
    const radios = [...document.querySelectorAll(`input[name="state-${client}"]`)];
    if (!radios.length || radios.some((one) => one.checked)) return;
    radios[0].checked = true;
    radios[0].dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
