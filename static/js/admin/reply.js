// Counts how much room is left in a reply. Without it the server says when it is too long.

const number = (value) => value.toLocaleString(document.documentElement.lang);

for (const field of document.querySelectorAll("textarea[data-reply]")) {
  const told = field.form.querySelector("[data-reply-left]");
  const { most, left, over } = field.dataset;

  const count = () => {
    const room = Number(most) - [...field.value.trim()].length;
    told.textContent =
      room < 0 ? over.replace("{}", number(-room)) : left.replace("{}", number(room));
    told.classList.toggle("reply-form__left--over", room < 0);
  };

  field.addEventListener("input", count);
  count();
}
