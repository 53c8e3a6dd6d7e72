import { useMemo } from 'react'
import { PixelView } from '../../../../views/photo/PixelView.tsx'
import { pasted } from '../../../../viz/reconstruction.ts'
import { qualities, rebuilt, toPicture } from '../../state/rebuilt.ts'
import type { VisionRun } from '../../state/run.ts'
import { shown, verdict } from './RebuiltNumbers.tsx'
import { t } from './words/words.ts'

const SIZE = 104

/** The answer of a masked autoencoder: the picture with its hidden patches drawn, beside the original. */
export default function RebuiltReadout({ run }: { run: VisionRun }) {
  const one = rebuilt(run)
  const found = useMemo(() => (one && one.hidden.length > 0 ? qualities(one) : null), [one])
  if (!one) return null
  if (!found) return <p className="hint">{t('nothing.short')}</p>
  return (
    <section className="readout" data-testid="readout-reconstruction">
      <div className="rebuilt-pair">
        <figure>
          <PixelView
            picture={toPicture(pasted(one.truth, one.made, one.hole))}
            size={SIZE}
            alt={t('alt.drawn', { photo: run.photo.name, model: run.model.name })}
          />
          <figcaption>{t('drawn')}</figcaption>
        </figure>
        <figure>
          <PixelView picture={toPicture(one.truth)} size={SIZE} alt={t('alt.original', { photo: run.photo.name })} />
          <figcaption>{t('original')}</figcaption>
        </figure>
      </div>
      <p data-testid="reconstruction-psnr">
        {t('psnr.said', { value: shown(found.model.psnr, 1) })} {verdict(found)}
      </p>
    </section>
  )
}
