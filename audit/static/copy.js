// Comfort on pages that show something to copy: a button beside each field that copies what it holds.

for (const field of document.querySelectorAll("input[data-copy]")) {
  const label = document.querySelector(`label[for="${field.id}"]`).textContent.trim();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary govuk-!-margin-top-2 govuk-!-margin-bottom-0";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "govuk-body govuk-!-margin-left-2";
  const whose = document.createElement("span");
  whose.className = "govuk-visually-hidden";
  whose.textContent = `: ${label}`;
  button.append(field.dataset.copy, whose);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied";
    } catch {
      said.textContent = "Select the text and copy it";
    }
  });
  field.after(button, said);
}
