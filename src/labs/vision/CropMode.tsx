import { useMemo } from 'react'
import { CENTRE, cropRect, fitCrop } from '../../loaders/image_crop.ts'
import { paintPicture } from '../../loaders/image_paint.ts'
import { CropFrame } from '../../views/photo/CropFrame.tsx'
import { FilmStrip } from '../../views/photo/FilmStrip.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { Slider } from '../../views/primitives/Slider.tsx'
import { shareBound } from '../../viz/bounds.ts'
import { decimal } from '../../words/numbers.ts'
import { canvasOf } from '../shared/canvases.ts'
import { useLab } from '../shared/useLab.ts'
import type { PhotoModeProps } from './photo_mode.ts'
import { contrastOf, patchReading, rowOfKey } from './readings.ts'
import { aspectOf } from './state/run.ts'
import { t } from './words/words.ts'

/** The whole photo with the part the model sees, and beside it what the model reads in that part. */
export function CropMode({ lab, run, alt }: PhotoModeProps) {
  const { doc, draft, photo, look } = useLab(lab.store)
  const shown = photo ?? run.photo
  const strokes = doc?.strokes ?? run.doc.strokes
  const painted = useMemo(() => paintPicture(shown.picture, strokes), [shown, strokes])
  const crop = draft?.crop ?? doc?.crop ?? run.doc.crop
  const aspect = aspectOf(run.model)
  const { width, height } = cropRect(crop, painted, aspect)
  const reading = patchReading(run, look, rowOfKey(run, look.query))
  return (
    <>
      <CropFrame
        image={canvasOf(painted)}
        alt={alt}
        crop={crop}
        aspect={aspect}
        onDrag={(next) => lab.drag({ crop: next })}
        onDrop={lab.drop}
      />
      <div className="vision-controls">
        <FilmStrip
          image={canvasOf(run.sharp)}
          rows={run.grid.rows}
          columns={run.grid.columns}
          frames={[{ name: t('crop.gets'), values: reading ?? new Float32Array() }]}
          overlay={{ ...look.overlay, contrast: contrastOf(look.overlay) }}
          bound={shareBound(look.overlay.fit, reading ?? [])}
          size={180}
          label={t('crop.square')}
        />
        <Slider
          label={t('crop.zoom')}
          value={Math.round((1 / crop.size) * 10) / 10}
          min={1}
          max={20}
          step={0.1}
          format={(zoom) => `${decimal(zoom, 1)} ×`}
          hint={t('crop.size', {
            partWidth: width,
            partHeight: height,
            width: painted.width,
            height: painted.height,
            seenWidth: run.seen.width,
            seenHeight: run.seen.height,
          })}
          onChange={(zoom) => lab.setCrop(fitCrop({ ...crop, size: 1 / zoom }, painted, aspect))}
          testId="zoom"
        />
        <p className="hint">{t('crop.how')}</p>
        <div className="row">
          <Button small onClick={() => lab.setCrop(CENTRE)} data-testid="crop-centre">
            {t('crop.largest')}
          </Button>
          <Button small look="quiet" onClick={lab.undo}>
            {t('undo')}
          </Button>
        </div>
      </div>
    </>
  )
}
