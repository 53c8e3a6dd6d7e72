import { useMemo } from 'react'
import type { Quality } from '../../../../viz/reconstruction.ts'
import { decimal } from '../../../../words/numbers.ts'
import { FILLERS, type Filler, qualities, type Rebuilt } from '../../state/rebuilt.ts'
import { t } from './words/words.ts'

/** How well the model fills the hole, beside two ways that know nothing of pictures. */
export function RebuiltNumbers({ one }: { one: Rebuilt }) {
  const found = useMemo(() => qualities(one), [one])
  return (
    <>
      <div className="table-scroll">
        <table className="table" data-testid="rebuilt-numbers">
          <caption className="sr-only">{t('numbers')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('filler')}</th>
              {(['mse', 'psnr', 'ssim'] as const).map((measure) => (
                <th key={measure} scope="col" title={t(`${measure}.hint`)}>
                  {t(measure)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {FILLERS.map((filler) => (
              <tr key={filler} data-row={filler}>
                <th scope="row" title={filler === 'model' ? undefined : t(`filler.${filler}.hint`)}>
                  {t(`filler.${filler}`)}
                </th>
                <td className="number">{shown(found[filler].mse, 4)}</td>
                <td className="number">{decibels(found[filler])}</td>
                <td className="number">{shown(found[filler].ssim, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p data-testid="rebuilt-verdict">{verdict(found)}</p>
    </>
  )
}

/** A number, or a dash where there is none. */
export function shown(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : decimal(value, digits)
}

function decibels({ psnr }: Quality): string {
  return Number.isNaN(psnr) ? '–' : t('db', { value: decimal(psnr, 1) })
}

/** The model against the better of the two; nothing to say where nothing was visible to fill the hole from. */
export function verdict(found: Record<Filler, Quality>): string {
  const best = found.harmonic.psnr >= found.mean.psnr ? 'harmonic' : 'mean'
  const ahead = found.model.psnr - found[best].psnr
  if (Number.isNaN(ahead)) return ''
  const value = decimal(Math.abs(ahead), 1)
  return ahead >= 0 ? t('better', { value }) : t('worse', { value, filler: t(`filler.${best}`) })
}
