// Copies what a field holds, and prints the page. Without it fields can be marked, and browsers print.

const copied = async (field) => {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // No clipboard without https: the old way, with the text marked for whoever must do it by hand.
    field.select();
    return document.execCommand("copy");
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[data-copy-told]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    told.textContent = "";
    const { copied: done, notCopied } = button.dataset;
    told.textContent = (await copied(field)) ? done : notCopied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
