import { useState } from 'react'
import { cropRect } from '../../loaders/image_crop.ts'
import { MAX_STROKES } from '../../loaders/image_paint.ts'
import { type Brush, PaintFrame } from '../../views/photo/PaintFrame.tsx'
import { PhotoStage } from '../../views/photo/PhotoStage.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { Field } from '../../views/primitives/Field.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Slider } from '../../views/primitives/Slider.tsx'
import { shareBound } from '../../viz/bounds.ts'
import { canvasOf } from '../shared/canvases.ts'
import { useLab } from '../shared/useLab.ts'
import type { PhotoModeProps } from './photo_mode.ts'
import { contrastOf, patchReading, rowOfKey } from './readings.ts'
import { aspectOf } from './state/run.ts'
import { t } from './words/words.ts'

const TOOLS: readonly Brush['tool'][] = ['brush', 'erase', 'blur']

/** Painting on the photo while attention answers. */
export function PaintMode({ lab, run, alt }: PhotoModeProps) {
  const { doc, draft, look } = useLab(lab.store)
  const [brush, setBrush] = useState<Brush>({ tool: 'brush', colour: '#d81b1b', size: 0.12 })
  const { picture } = run.photo
  const kept = doc?.strokes ?? []
  const strokes = draft?.strokes ?? kept
  const row = rowOfKey(run, look.query)
  const values = patchReading(run, look, row)
  return (
    <>
      <PhotoStage
        image={canvasOf(look.sight === 'seen' ? run.seen : run.sharp)}
        pixelated={look.sight === 'seen' || undefined}
        alt={alt}
        rows={run.grid.rows}
        columns={run.grid.columns}
        values={values}
        asker={run.tokens[row]?.label}
        bound={shareBound(look.overlay.fit, values ?? [])}
        overlay={{ ...look.overlay, look: 'colour', contrast: contrastOf(look.overlay) }}
        showGrid={false}
        maxSize={1600}
      >
        <PaintFrame
          brush={brush}
          picture={picture}
          shown={cropRect(run.doc.crop, picture, aspectOf(run.model))}
          pending={strokes.filter((stroke) => !run.doc.strokes.includes(stroke))}
          // A picture has as many strokes as a link holds; the count below says when it is full.
          onDrag={(stroke) => kept.length < MAX_STROKES && lab.drag({ strokes: [...kept, stroke] })}
          onDrop={lab.drop}
        />
      </PhotoStage>
      <div className="vision-controls">
        <Segmented
          label={t('paint.tool')}
          value={brush.tool}
          options={TOOLS.map((tool) => ({ value: tool, label: t(`paint.${tool}`) }))}
          onChange={(tool) => setBrush({ ...brush, tool })}
          testId="paint-tool"
        />
        <p className="hint">{t(`paint.${brush.tool}.hint`)}</p>
        {brush.tool === 'brush' && (
          <Field label={t('paint.colour')} inline>
            {(ids) => (
              <input
                {...ids}
                type="color"
                className="colour"
                value={brush.colour}
                onChange={(event) => setBrush({ ...brush, colour: event.target.value })}
              />
            )}
          </Field>
        )}
        <Slider
          label={t('paint.size')}
          value={brush.size}
          min={0.02}
          max={0.5}
          step={0.02}
          format={(size) => `${Math.round(size * 100)} %`}
          onChange={(size) => setBrush({ ...brush, size })}
          testId="paint-size"
        />
        <p className="hint">{t('paint.how')}</p>
        <div className="row">
          <Button small disabled={kept.length === 0} onClick={lab.undo} data-testid="paint-undo">
            {t('undo')}
          </Button>
          <Button small disabled={kept.length === 0} onClick={() => lab.setStrokes([])} data-testid="paint-clear">
            {t('paint.clean')}
          </Button>
        </div>
        <p className="hint mono">
          {t(kept.length < MAX_STROKES ? 'paint.strokes' : 'paint.full', { count: kept.length })}
        </p>
      </div>
    </>
  )
}
