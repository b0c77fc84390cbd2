// Runs before Wagtail's scripts, so that nothing they do is refused by the content security policy.
{
  // The editor of rich text writes small style elements: they carry the page's nonce. A script that got
  // this far may style the page anyway; text that somebody slipped into the page may not.
  const { nonce } = document.currentScript;
  const { createElement } = Document.prototype;
  Document.prototype.createElement = function create(...args) {
    const element = createElement.apply(this, args);
    if (nonce && element instanceof HTMLStyleElement) {
      element.nonce = nonce;
    }
    return element;
  };

  // The image cropper asks about touch by writing an event handler into an element, unless it sees these.
  for (const name of ["ontouchstart", "ontouchmove", "ontouchend"]) {
    if (!(name in HTMLElement.prototype)) {
      const empty = { value: null, writable: true, configurable: true };
      Object.defineProperty(HTMLElement.prototype, name, empty);
    }
  }
}
