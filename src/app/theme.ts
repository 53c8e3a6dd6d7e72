/** The theme the person chose: kept in this browser, shown as `data-theme` on <html>. */

import type { ThemeChoice } from '../views/shell/ThemeSwitch.tsx'

const KEY = 'clsroom.theme'

export function savedTheme(): ThemeChoice {
  try {
    const saved = localStorage.getItem(KEY)
    return saved === 'light' || saved === 'dark' ? saved : 'auto'
  } catch {
    return 'auto' // storage is closed to this page: the choice lasts until it is reloaded
  }
}

export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
  try {
    localStorage.setItem(KEY, choice)
  } catch {
    // As above.
  }
}
