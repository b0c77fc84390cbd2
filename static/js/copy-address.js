// Shows the button beside an address, and copies the address when it is pressed. Without scripts
// the address stands there to be copied by hand.

for (const part of document.querySelectorAll("[data-copy-address]")) {
  const field = part.querySelector("input");
  const button = part.querySelector("button");
  const said = part.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = part.dataset.copied;
    } catch {
      said.textContent = part.dataset.notCopied;
    }
  });
}
