import { useMemo } from 'react'
import { PhotoStage } from '../../../../views/photo/PhotoStage.tsx'
import { peak } from '../../../../viz/matrix.ts'
import { pasted } from '../../../../viz/reconstruction.ts'
import { canvasOf } from '../../../shared/canvases.ts'
import { errorsOf, type Rebuilt, toPicture } from '../../state/rebuilt.ts'
import type { VisionRun } from '../../state/run.ts'
import { t } from './words/words.ts'

const SIZE = 280

interface RebuiltPicturesProps {
  run: VisionRun
  one: Rebuilt
  /** The patch that is asked about. */
  patch: number | null
  onPatch: (patch: number | null) => void
}

/** The drawn picture beside the original, and where it errs. */
export function RebuiltPictures({ run, one, patch, onPatch }: RebuiltPicturesProps) {
  const { rows, columns } = one.grid
  const photo = run.photo.name
  const errors = useMemo(() => errorsOf(one), [one])
  const original = useMemo(() => canvasOf(toPicture(one.truth)), [one])
  const drawn = useMemo(() => canvasOf(toPicture(pasted(one.truth, one.made, one.hole))), [one])
  const shared = { rows, columns, pixelated: true, maxSize: SIZE }
  return (
    <div className="rebuilt" data-testid="rebuilt">
      <figure>
        <figcaption>{t('drawn')}</figcaption>
        <PhotoStage
          {...shared}
          image={drawn}
          alt={t('alt.drawn', { photo, model: run.model.name })}
          values={null}
          selectedPatch={patch}
          onSelectPatch={onPatch}
          marked={patch === null ? [] : [patch]}
        />
      </figure>
      <figure>
        <figcaption>{t('original')}</figcaption>
        <PhotoStage {...shared} image={original} alt={t('alt.original', { photo })} values={null} showGrid={false} />
      </figure>
      <figure>
        <figcaption>{t('errors')}</figcaption>
        <PhotoStage
          {...shared}
          image={original}
          alt={t('alt.errors', { photo })}
          values={errors}
          bound={Math.max(0.01, peak(errors))}
          readAs={(value) => t('errors.value', { value })}
        />
      </figure>
    </div>
  )
}
