import { Select } from '../../../views/primitives/Select.tsx'
import { t } from './words/words.ts'

export interface HeadSelectProps {
  heads: number
  head: number | 'mean'
  onHead: (head: number | 'mean') => void
}

/** Which head's shares are shown, in every layer. */
export function HeadSelect({ heads, head, onHead }: HeadSelectProps) {
  return (
    <Select
      label={t('heads')}
      inline
      value={String(head)}
      options={[
        { value: 'mean', label: t('heads.mean') },
        ...Array.from({ length: heads }, (_, h) => ({ value: String(h), label: t('head', { head: h + 1 }) })),
      ]}
      onChange={(value) => onHead(value === 'mean' ? 'mean' : Number(value))}
      testId="reads-head"
    />
  )
}
