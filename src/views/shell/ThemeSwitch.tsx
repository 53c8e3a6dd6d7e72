import { Segmented } from '../primitives/Segmented.tsx'

export type ThemeChoice = 'auto' | 'light' | 'dark'

/** Paper, blackboard, or as the system says. */
export function ThemeSwitch({ value, onChange }: { value: ThemeChoice; onChange: (choice: ThemeChoice) => void }) {
  return (
    <Segmented
      small
      label="Theme"
      testId="theme"
      value={value}
      onChange={onChange}
      options={[
        { value: 'light', label: 'Paper', title: 'Light theme' },
        { value: 'dark', label: 'Board', title: 'Dark theme' },
        { value: 'auto', label: 'Auto', title: 'As the system says' },
      ]}
    />
  )
}
