// A story dragged to another day opens the page that says what moving means, with that day filled in.
// Nothing moves by dragging alone. Without this, "Move in time" beside each story leads to the same page.

const OVER = "calendar__day--over";
const DRAGGED = "calendar__entry--dragged";

const watch = (calendar) => {
  let dragged = null;
  let over = null;

  const leave = () => {
    over?.classList.remove(OVER);
    over = null;
  };

  // The day under the mouse, if a story can still go there and is not there already.
  const goal = ({ target }) => {
    const day = target.closest("[data-day]");
    return dragged && day && !day.contains(dragged) ? day : null;
  };

  calendar.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-entry]") ?? null;
    if (!dragged) {
      return;
    }
    // A link in it is not what is dragged: nothing else shall know what to do with it.
    event.dataTransfer.clearData();
    event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
    event.dataTransfer.setDragImage(dragged, 0, 0);
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add(DRAGGED);
  });

  calendar.addEventListener("dragover", (event) => {
    const day = goal(event);
    if (day !== over) {
      leave();
      over = day;
      over?.classList.add(OVER);
    }
    if (day) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    }
  });

  calendar.addEventListener("drop", (event) => {
    const day = goal(event);
    if (!day) {
      return;
    }
    event.preventDefault();
    const address = new URL(dragged.querySelector("[data-move]").href);
    address.searchParams.set("day", day.dataset.day);
    window.location.assign(address);
  });

  calendar.addEventListener("dragend", () => {
    leave();
    dragged?.classList.remove(DRAGGED);
    dragged = null;
  });
};

for (const calendar of document.querySelectorAll("[data-calendar]")) {
  const entries = calendar.querySelectorAll("[data-entry]");
  for (const entry of entries) {
    entry.draggable = true;
  }
  for (const hint of document.querySelectorAll("[data-drag-hint]")) {
    // Where there is a mouse.
    hint.hidden = entries.length === 0 || !window.matchMedia("(hover: hover) and (pointer: fine)").matches;
  }
  watch(calendar);
}
