import { type Scale, scaleEnds, scaleStops } from '../../viz/legend.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'

/** Whether a scale ends at the largest value that is shown, and not at 1; absent where there is no choice. */
export interface FitChoice {
  fit: boolean
  onFit: (fit: boolean) => void
}

/** What the colours stand for: the range that is used, and the choice of it. */
export function ScaleLegend({ fit, ...scale }: Scale & { fit?: FitChoice }) {
  const theme = useTheme()
  const [low, high] = scaleEnds(scale)
  return (
    <span className="scale-legend mono" data-testid="scale">
      <span>{low}</span>
      <span
        className="scale-ramp"
        style={{ backgroundImage: `linear-gradient(to right, ${scaleStops(scale, theme).join(', ')})` }}
      />
      <span key={high} className="scale-end" data-testid="scale-end">
        {high}
      </span>
      {fit && (
        <Button
          small
          look="quiet"
          aria-pressed={fit.fit}
          title={t('scale.fit.hint')}
          data-testid="scale-fit"
          onClick={() => fit.onFit(!fit.fit)}
        >
          {t('scale.fit')}
        </Button>
      )}
    </span>
  )
}
