// Light, dark or as the device; the choice is a cookie, so the server draws the page right at once.
// Runs before the page is drawn, so "as the device" does not flash.
(() => {
  "use strict";
  const root = document.documentElement;
  const device = window.matchMedia("(prefers-color-scheme: dark)");

  function apply(choice) {
    root.dataset.themeChoice = choice;
    root.dataset.bsTheme = choice === "auto" ? (device.matches ? "dark" : "light") : choice;
    document.querySelectorAll("[data-theme-set]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === choice));
    });
  }

  apply(root.dataset.themeChoice || "auto");
  device.addEventListener?.("change", () => apply(root.dataset.themeChoice));
  document.addEventListener("DOMContentLoaded", () => apply(root.dataset.themeChoice));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-set]");
    if (!button) return;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${button.dataset.themeSet}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    apply(button.dataset.themeSet);
  });
})();
