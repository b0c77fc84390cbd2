// Watches an import: moves the bar, tells the counts, and shows the next step when it has ended.
// Without it the page has a link to look again.

const PAUSE = 1000;
const LONGEST_PAUSE = 10000;

const watch = (watched) => {
  const bar = watched.querySelector("progress");
  const told = watched.querySelector("[data-import-told]");
  let pause = PAUSE;

  const show = (state) => {
    if (state.lines) {
      bar.max = state.lines;
      bar.value = state.position;
    }
    for (const count of document.querySelectorAll("[data-count]")) {
      count.textContent = state[count.dataset.count].toLocaleString(document.documentElement.lang);
    }
    const share = state.lines ? Math.floor((100 * state.position) / state.lines) : 0;
    const tenth = state.lines ? `${Math.floor(share / 10) * 10} %` : "";
    if (told.textContent !== tenth) {
      told.textContent = tenth;
    }
  };

  const look = async () => {
    try {
      const answer = await fetch(watched.dataset.importProgress, {
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      const state = await answer.json();
      const { importState, importStalled } = watched.dataset;
      if (state.state !== importState || String(state.stalled) !== importStalled) {
        window.location.reload();
        return;
      }
      show(state);
      pause = PAUSE;
    } catch {
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    window.setTimeout(look, pause);
  };

  window.setTimeout(look, pause);
};

for (const watched of document.querySelectorAll("[data-import-progress]")) {
  watch(watched);
}
