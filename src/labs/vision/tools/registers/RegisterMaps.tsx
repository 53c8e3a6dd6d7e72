import { useMemo } from 'react'
import { isUntrained } from '../../../../sequence/token.ts'
import { FilmStrip } from '../../../../views/photo/FilmStrip.tsx'
import { shareBound } from '../../../../viz/bounds.ts'
import { canvasOf } from '../../../shared/canvases.ts'
import { useLab } from '../../../shared/useLab.ts'
import { contrastOf, patchReading, readingName } from '../../readings.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

/** What [CLS] and each register read, as small photos. */
export function RegisterMaps({ lab, run }: VisionToolProps) {
  const { look } = useLab(lab.store)
  const { layer, head, reading, query, overlay } = look
  const specials = useMemo(
    () => run.tokens.flatMap((token, row) => (token.kind === 'patch' ? [] : [{ token, row }])),
    [run],
  )
  const frames = useMemo(
    () =>
      specials.map(({ token, row }, i) => ({
        // Labels can repeat: copies of [CLS], registers put in by hand.
        name:
          specials.findIndex((other) => other.token.label === token.label) === i ? token.label : `${token.label} ${i}`,
        note: isUntrained(token) ? t('untrained') : undefined,
        values: patchReading(run, { layer, head, reading }, row) ?? new Float32Array(),
      })),
    [run, specials, layer, head, reading],
  )
  const style = useMemo(() => ({ ...overlay, mass: null, contrast: contrastOf(overlay) }), [overlay])
  const bound = useMemo(() => shareBound(overlay.fit, ...frames.map(({ values }) => values)), [overlay.fit, frames])
  const selected = specials.findIndex(({ token }) => token.key === query)
  return (
    <section className="figure" aria-label={t('maps.label')} data-testid="register-maps">
      <h3>{t('maps.title')}</h3>
      <p className="hint">{t('maps.hint', { reading: readingName(look) })}</p>
      <FilmStrip
        image={canvasOf(run.sharp)}
        rows={run.grid.rows}
        columns={run.grid.columns}
        frames={frames}
        selected={selected < 0 ? null : selected}
        onSelect={(frame) => {
          const key = specials[frame]?.token.key
          if (key !== undefined) lab.look({ query: key, selection: [key] })
        }}
        overlay={style}
        bound={bound}
        size={132}
        label={t('maps.label')}
      />
    </section>
  )
}
