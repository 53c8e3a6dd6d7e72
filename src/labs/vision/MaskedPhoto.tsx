import { useRef } from 'react'
import { silencedPatches, silencePatches } from '../../sequence/patch_masking.ts'
import { type Grid, patchCount } from '../../sequence/patches.ts'
import type { Sequence, Status } from '../../sequence/token.ts'
import { PatchBrush } from '../../views/photo/PatchBrush.tsx'
import { PhotoStage } from '../../views/photo/PhotoStage.tsx'
import { canvasOf } from '../shared/canvases.ts'
import { useLab } from '../shared/useLab.ts'
import type { VisionLab } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

/** The photo with its patches to click, to drag over, to walk by arrow keys. */
export function MaskedPhoto({
  lab,
  run,
  grid,
  sequence,
}: {
  lab: VisionLab
  run: VisionRun
  grid: Grid
  sequence: Sequence
}) {
  const gesture = useRef<{ patches: Set<number>; silences: boolean }>(null)
  const { as, strategy } = useLab(lab.store).look.masking
  const byHand = () => lab.look({ masking: { ...lab.store.getState().look.masking, strategy: 'hand' } })
  const draw = (patch: number) => {
    const { doc } = lab.store.getState()
    const { current } = gesture
    if (!doc || !current) return
    if (current.silences) current.patches.add(patch)
    else current.patches.delete(patch)
    lab.drag({ sequence: silencePatches(doc.sequence, current.patches, as) })
  }
  const start = (patch: number) => {
    byHand()
    const patches = new Set(silencedPatches(sequence))
    gesture.current = { patches, silences: !patches.has(patch) }
    draw(patch)
  }
  return (
    <PatchBrush onStart={start} onPatch={draw} onEnd={lab.drop} touch={strategy === 'hand'}>
      <PhotoStage
        image={canvasOf(run.sharp)}
        alt={t('masking.alt', { photo: run.photo.name })}
        rows={grid.rows}
        columns={grid.columns}
        values={null}
        statuses={statusesOf(sequence, grid)}
        onSelectPatch={(patch) => {
          if (patch === null) return
          start(patch)
          lab.drop()
        }}
        maxSize={420}
      />
    </PatchBrush>
  )
}

function statusesOf(sequence: Sequence, grid: Grid): Status[] {
  const statuses = new Array<Status>(patchCount(grid)).fill('removed')
  for (const { origin, status } of sequence.tokens) if (origin.type === 'patch') statuses[origin.patch] = status
  return statuses
}
