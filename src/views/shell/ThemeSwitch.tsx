import { Segmented } from '../primitives/Segmented.tsx'
import { t } from '../words/words.ts'

export type ThemeChoice = 'auto' | 'light' | 'dark'

/** What there is to choose, in the language of the moment. */
export const themeOptions = (): readonly { value: ThemeChoice; label: string; title: string }[] => [
  { value: 'light', label: t('theme.light'), title: t('theme.light.hint') },
  { value: 'dark', label: t('theme.dark'), title: t('theme.dark.hint') },
  { value: 'auto', label: t('theme.auto'), title: t('theme.auto.hint') },
]

/** Paper, blackboard, or as the system says. */
export function ThemeSwitch({ value, onChange }: { value: ThemeChoice; onChange: (choice: ThemeChoice) => void }) {
  return (
    <Segmented small label={t('theme')} testId="theme" value={value} onChange={onChange} options={themeOptions()} />
  )
}
