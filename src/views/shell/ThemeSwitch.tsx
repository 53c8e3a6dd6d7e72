import { Segmented } from '../primitives/Segmented.tsx'
import { t } from '../words/words.ts'

export type ThemeChoice = 'auto' | 'light' | 'dark'

/** Paper, blackboard, or as the system says. */
export function ThemeSwitch({ value, onChange }: { value: ThemeChoice; onChange: (choice: ThemeChoice) => void }) {
  return (
    <Segmented
      small
      label={t('theme')}
      testId="theme"
      value={value}
      onChange={onChange}
      options={[
        { value: 'light', label: t('theme.light'), title: t('theme.light.hint') },
        { value: 'dark', label: t('theme.dark'), title: t('theme.dark.hint') },
        { value: 'auto', label: t('theme.auto'), title: t('theme.auto.hint') },
      ]}
    />
  )
}
