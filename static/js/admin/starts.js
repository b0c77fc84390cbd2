// Starts the parts of Wagtail's forms that Wagtail starts by inline script, which our policy refuses.
// Our templates leave a mark instead: data-starts names who starts, data-for and data-with say with what.
// Marks that arrive later (a new row, a filtered list, a dialog) are started as they come.

const KNOWN = /^(?:[A-Za-z.]*(?:Chooser|Panel)|init(?:Date|Time|DateTime)Chooser)$/;

function found(name) {
  return KNOWN.test(name) ? name.split(".").reduce((place, part) => place?.[part], window) : undefined;
}

function start(mark) {
  const starter = found(mark.dataset.starts);
  if (typeof starter !== "function") {
    return;
  }
  const target = mark.dataset.for ? [mark.dataset.for] : [];
  const args = [...target, JSON.parse(mark.dataset.with)];
  mark.remove();
  if (mark.dataset.starts.startsWith("init")) {
    starter(...args);
  } else {
    Reflect.construct(starter, args);
  }
}

function startAll() {
  document.querySelectorAll("[data-starts]").forEach(start);
}

startAll();
// Scripts of a dialog may arrive after its form.
window.addEventListener("load", startAll);
new MutationObserver(startAll).observe(document.body, { childList: true, subtree: true });
