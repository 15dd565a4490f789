/** Small native dialogs: the question a bot may put before an action is sent. */

import { freshId, h } from "./dom.js";
import { drawText, plainText } from "./mrkdwn.js";

/** Asks a `confirm` object's question; true when the person agrees. */
export function confirmed({ title, text, confirm, deny, style }) {
  const id = freshId("question");
  const kind = style === "danger" ? "danger" : "primary";
  const dialog = h("dialog.question", { "aria-labelledby": id },
    h("form", { method: "dialog" },
      h("h2", { id }, plainText(title)),
      h("div.running", null, drawText(text)),
      h("footer", null,
        h("button", { value: "no" }, plainText(deny) || "Cancel"),
        h(`button.${kind}`, { value: "yes", autofocus: true }, plainText(confirm) || "Yes"),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((decide) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      decide(dialog.returnValue === "yes");
    });
  });
}
