import type { Estimate } from '../../engine/protocol.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { formatBytes } from '../../viz/format.ts'
import { decimal } from '../../words/numbers.ts'
import { t } from './words/words.ts'

export interface LoadOfferProps {
  estimate: Estimate
  onTake: () => void
  onLeave: () => void
}

/** What a large model will take, before it is downloaded. */
export function LoadOffer({ estimate, onTake, onLeave }: LoadOfferProps) {
  const { modelType, parameters, weightBytes, runBytes, tokens } = estimate
  return (
    <section className="load-offer" role="status" data-testid="load-offer">
      <p>
        {t('load.offer', { type: modelType, millions: decimal(parameters / 1e6, 0) })}{' '}
        {t('load.offer.memory', { weights: formatBytes(weightBytes), run: formatBytes(runBytes), count: tokens })}
      </p>
      <div className="load-offer-buttons">
        <Button onClick={onTake} data-testid="load-offer-take">
          {t('load.offer.take')}
        </Button>
        <Button onClick={onLeave}>{t('load.offer.leave')}</Button>
      </div>
    </section>
  )
}
