import { scaleEnds } from '../../viz/legend.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'
import type { FitChoice } from './ScaleLegend.tsx'

/** What a full bar of a list stands for: a row of the same columns under it. */
export function BarAxis({ end, fit: { fit, onFit } }: { end: number; fit: FitChoice }) {
  const [low, high] = scaleEnds({ scale: 'ink', bound: end })
  return (
    <div className="bar-row bar-axis mono" data-testid="bar-axis">
      <Button small look="quiet" aria-pressed={fit} title={t('scale.fit.hint')} onClick={() => onFit(!fit)}>
        {t('scale.fit')}
      </Button>
      <span className="bar-ends">
        <span>{low}</span>
        <span>{high}</span>
      </span>
    </div>
  )
}
