import { useMemo } from 'react'
import { FilmStrip } from '../../views/photo/FilmStrip.tsx'
import { shareBound } from '../../viz/bounds.ts'
import { canvasOf } from '../shared/canvases.ts'
import { useLab } from '../shared/useLab.ts'
import { contrastOf, patchReading, rowOfKey } from './readings.ts'
import type { VisionLab } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

/** The same reading in every layer, from left to right; a frame chooses its layer. */
export function LayerFilm({ lab, run }: { lab: VisionLab; run: VisionRun }) {
  const { look } = useLab(lab.store)
  const { head, reading, query, overlay } = look
  const frames = useMemo(() => {
    const row = rowOfKey(run, query)
    return run.result.attentions.map((_, layer) => ({
      name: t('layer.one', { layer: layer + 1 }),
      values: patchReading(run, { layer, head, reading }, row) ?? new Float32Array(),
    }))
  }, [run, head, reading, query])
  const style = useMemo(() => ({ ...overlay, mass: null, contrast: contrastOf(overlay) }), [overlay])
  const bound = useMemo(() => shareBound(overlay.fit, ...frames.map(({ values }) => values)), [overlay.fit, frames])
  return (
    <FilmStrip
      image={canvasOf(run.sharp)}
      rows={run.grid.rows}
      columns={run.grid.columns}
      frames={frames}
      selected={look.layer}
      onSelect={(layer) => lab.look({ layer })}
      overlay={style}
      bound={bound}
      size={104}
      label={t('film.label')}
    />
  )
}
