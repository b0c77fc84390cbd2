// Binds the passkey buttons, shows them where the browser can use passkeys, and says so when one failed.
// The ceremony itself is allauth's (mfa/js/webauthn.js, loaded before this); its errors arrive as an event.

const isAddressOfNumbers = /^[\d.]+$|:/.test(location.hostname);
const canUsePasskeys = "PublicKeyCredential" in window && window.isSecureContext && !isAddressOfNumbers;

for (const form of document.querySelectorAll("form[data-passkey-form]")) {
  const button = "passkey-start";
  const ids = {
    login: button,
    authenticate: button,
    add: button,
    passwordless: "id_passwordless",
    credential: form.elements.credential.id,
    data: "passkey-data",
  };
  window.allauth.webauthn.forms[form.dataset.passkeyForm]({ ids });
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  part.hidden = !canUsePasskeys;
}
for (const part of document.querySelectorAll("[data-passkey-impossible]")) {
  part.hidden = canUsePasskeys;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const part of document.querySelectorAll("[data-passkey-trouble]")) {
    part.hidden = false;
  }
});
