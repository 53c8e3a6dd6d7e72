import { COLOUR_MAPS, type ColourMap } from '../../viz/colour.ts'
import { Segmented } from '../primitives/Segmented.tsx'
import { t } from '../words/words.ts'

export type ThemeChoice = 'auto' | 'light' | 'dark' | 'contrast'
export type MapChoice = 'page' | ColourMap

/** What there is to choose, in the language of the moment. */
export const themeOptions = (): readonly { value: ThemeChoice; label: string; title: string }[] => [
  { value: 'light', label: t('theme.light'), title: t('theme.light.hint') },
  { value: 'dark', label: t('theme.dark'), title: t('theme.dark.hint') },
  { value: 'contrast', label: t('theme.contrast'), title: t('theme.contrast.hint') },
  { value: 'auto', label: t('theme.auto'), title: t('theme.auto.hint') },
]

/** Paper, blackboard, either in high contrast, or as the system says. */
export function ThemeSwitch({ value, onChange }: { value: ThemeChoice; onChange: (choice: ThemeChoice) => void }) {
  return (
    <Segmented small label={t('theme')} testId="theme" value={value} onChange={onChange} options={themeOptions()} />
  )
}

export const MAP_CHOICES: readonly MapChoice[] = ['page', ...COLOUR_MAPS]

/** The colours of maps. */
export function MapSwitch({ value, onChange }: { value: MapChoice; onChange: (choice: MapChoice) => void }) {
  return (
    <Segmented
      small
      showLabel
      label={t('colours')}
      testId="colours"
      value={value}
      onChange={onChange}
      options={MAP_CHOICES.map((map) => ({
        value: map,
        label: t(`colours.${map}`),
        title: t(`colours.${map}.hint`),
      }))}
    />
  )
}
