// Passkeys: the server asks, a passkey answers, and the form carries the answer. Without script the pages offer codes.
const bytes = (words) => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

async function answered(form) {
  const question = await fetch(form.dataset.question, { method: "POST", body: new FormData(form) });
  if (question.redirected) location.assign(question.url);
  if (!question.ok || question.redirected) throw new Error("not asked");
  const asked = await question.json();
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  for (const list of ["allowCredentials", "excludeCredentials"]) if (asked[list]) asked[list] = known(asked[list]);
  const key = await navigator.credentials[form.dataset.passkey]({ publicKey: asked });
  const said = key.response;
  return JSON.stringify({
    id: key.id,
    rawId: words(key.rawId),
    type: key.type,
    response: {
      clientDataJSON: words(said.clientDataJSON),
      attestationObject: words(said.attestationObject),
      authenticatorData: words(said.authenticatorData),
      signature: words(said.signature),
      userHandle: words(said.userHandle),
      transports: said.getTransports?.(),
    },
  });
}

for (const place of document.querySelectorAll("[data-passkeys]")) {
  const form = place.querySelector("form");
  if (!window.PublicKeyCredential) {
    place.nextElementSibling.hidden = false;
    continue;
  }
  place.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fault = place.querySelector("[data-fault]");
    fault.hidden = true;
    try {
      form.elements.answer.value = await answered(form);
      form.submit();
    } catch {
      fault.hidden = false;
    }
  });
}
