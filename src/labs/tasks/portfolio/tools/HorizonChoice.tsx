import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { useLab } from '../../../shared/useLab.ts'
import { horizonName } from '../said.ts'
import type { PortfolioLab } from '../state/lab.ts'
import { t } from '../words/words.ts'

/** By which horizon a tool measures. */
export function HorizonChoice({ lab, horizons }: { lab: PortfolioLab; horizons: readonly number[] }) {
  const { look } = useLab(lab.store)
  return (
    <Segmented
      label={t('horizon.choice')}
      small
      value={String(look.horizon)}
      options={horizons.map((days, h) => ({ value: String(h), label: horizonName(days) }))}
      onChange={(h) => lab.look({ horizon: Number(h) })}
      testId="horizon"
    />
  )
}
