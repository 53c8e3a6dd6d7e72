/**
 * How the reader wants the page to look, kept in this browser: the theme, as `data-theme` and `data-contrast` on <html>, and the
 * colours of values, as `data-map`.
 */

import type { MapChoice, ThemeChoice } from '../views/shell/ThemeSwitch.tsx'
import { COLOUR_MAPS } from '../viz/colour.ts'

const THEME = 'clsroom.theme'
const MAP = 'clsroom.map'

const strong = matchMedia('(prefers-contrast: more)')

export function savedTheme(): ThemeChoice {
  return (['light', 'dark', 'contrast'] as const).find((choice) => choice === saved(THEME)) ?? 'auto'
}

export function savedMap(): MapChoice {
  return COLOUR_MAPS.find((map) => map === saved(MAP)) ?? 'page'
}

export function applyTheme(choice: ThemeChoice): void {
  const { dataset } = document.documentElement
  if (choice === 'light' || choice === 'dark') dataset.theme = choice
  else delete dataset.theme
  const contrast = () =>
    document.documentElement.toggleAttribute(
      'data-contrast',
      choice === 'contrast' || (choice === 'auto' && strong.matches),
    )
  contrast()
  strong.onchange = contrast
  save(THEME, choice)
}

export function applyMap(choice: MapChoice): void {
  const { dataset } = document.documentElement
  if (choice === 'page') delete dataset.map
  else dataset.map = choice
  save(MAP, choice)
}

function saved(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null // storage is closed to this page: a choice lasts until it is reloaded
  }
}

function save(key: string, choice: string): void {
  try {
    localStorage.setItem(key, choice)
  } catch {
    // As above.
  }
}
