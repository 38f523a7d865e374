// Dragging a session, or M on it, leads to its move page with the new time filled in:
// what would clash is said there before anything is saved.
(() => {
  const week = document.querySelector("[data-week]");
  if (!week) return;
  const ROW_MINUTES = 30;
  const firstHour = Number(week.dataset.firstHour);
  let dragged = null;

  const timeAt = (grid, event) => {
    const box = grid.getBoundingClientRect();
    const rows = Math.round((box.height / parseFloat(getComputedStyle(grid).gridAutoRows || 24)) || 1);
    const row = Math.max(0, Math.floor((event.clientY - box.top) / (box.height / rows)));
    const minutes = firstHour * 60 + row * ROW_MINUTES;
    return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  };
  week.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-move]");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  week.addEventListener("dragover", (event) => {
    const grid = event.target.closest("[data-day]");
    if (!dragged || !grid) return;
    event.preventDefault();
    for (const other of week.querySelectorAll(".is-over")) other.classList.toggle("is-over", other === grid);
    grid.classList.add("is-over");
    grid.dataset.over = timeAt(grid, event);
  });
  week.addEventListener("drop", (event) => {
    const grid = event.target.closest("[data-day]");
    if (!dragged || !grid) return;
    event.preventDefault();
    const asked = new URLSearchParams({ day: grid.dataset.day, starts: timeAt(grid, event) });
    window.location.assign(`${dragged.dataset.move}?${asked}`);
  });
  week.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = event.target.closest("[data-move]");
    if (!box) return;
    event.preventDefault();
    event.stopPropagation();
    window.location.assign(box.dataset.move);
  });
})();
