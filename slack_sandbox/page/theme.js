/** Light or dark: as the system has it, until somebody chooses; the choice is kept. */

const KEY = "sandbox-theme";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

export function startTheme(button) {
  wear(button, remembered());
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    remember(next);
    wear(button, next);
  });
  prefersDark.addEventListener("change", () => wear(button, remembered()));
}

const isDark = () =>
  (document.documentElement.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";

function wear(button, theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  button.textContent = isDark() ? "☀" : "☾";
  button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
}

// A browser may refuse storage; the page works without it.
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    /* the choice then lasts as long as the page */
  }
}
