import * as edit from '../../sequence/edit.ts'
import { patchKeys } from '../../sequence/patches.ts'
import { PhotoStage } from '../../views/photo/PhotoStage.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { shareBound } from '../../viz/bounds.ts'
import { canvasOf } from '../shared/canvases.ts'
import { useLab } from '../shared/useLab.ts'
import { OverlayExport } from './OverlayExport.tsx'
import type { PhotoModeProps } from './photo_mode.ts'
import { madeBy } from './provenance.ts'
import { ReadingControls } from './ReadingControls.tsx'
import { contrastOf, patchOfKey, patchReading, patchStatuses, readingName, rowOfKey } from './readings.ts'
import type { VisionLab } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'
import { TaughtNote } from './TaughtNote.tsx'
import { t } from './words/words.ts'

/** One query's reading over the photo; a click on a patch asks that patch. */
export function LookMode({ lab, run, alt }: PhotoModeProps) {
  const { look } = useLab(lab.store)
  const row = rowOfKey(run, look.query)
  const values = patchReading(run, look, row)
  const asker = run.tokens[row]?.label
  const bound = shareBound(look.overlay.fit, values ?? [])
  return (
    <>
      <PhotoStage
        image={canvasOf(look.sight === 'seen' ? run.seen : run.sharp)}
        pixelated={look.sight === 'seen' || undefined}
        alt={alt}
        rows={run.grid.rows}
        columns={run.grid.columns}
        values={values}
        asker={asker}
        statuses={patchStatuses(run)}
        selectedPatch={patchOfKey(run, look.query)}
        onSelectPatch={(patch) => {
          const [key] = patch === null ? [] : patchKeys(run.doc.sequence, [patch])
          lab.look(key === undefined ? { selection: [], query: firstKey(run) } : { selection: [key], query: key })
        }}
        bound={bound}
        fit={{ fit: look.overlay.fit, onFit: (fit) => lab.look({ overlay: { ...look.overlay, fit } }) }}
        overlay={{ ...look.overlay, look: 'colour', contrast: contrastOf(look.overlay) }}
        maxSize={1600}
      />
      <div className="vision-controls">
        {run.tokens[row]?.kind === 'cls' && <TaughtNote model={run.model.id} />}
        <ReadingControls lab={lab} run={run} />
        <PatchActions lab={lab} run={run} selection={look.selection} />
        {values && asker && (
          <div className="row">
            <OverlayExport
              title={t('look.title', { asker, reading: readingName(look) })}
              run={run}
              values={values}
              opacity={look.overlay.opacity}
              bound={bound}
              contrast={contrastOf(look.overlay)}
              selected={patchOfKey(run, look.query)}
              made={madeBy(lab, run)}
            />
          </div>
        )}
      </div>
    </>
  )
}

/** Who asks when no patch does. */
function firstKey(run: VisionRun): number {
  return run.tokens[run.pooledRow]?.key ?? 0
}

/** What can be done to a patch that was chosen on the photo. */
function PatchActions({ lab, run, selection }: { lab: VisionLab; run: VisionRun; selection: readonly number[] }) {
  const chosen = run.doc.sequence.tokens.filter((token) => token.kind === 'patch' && selection.includes(token.key))
  if (chosen.length === 0) return <p className="hint">{t('look.choose')}</p>
  const keys = chosen.map((token) => token.key)
  const status = chosen[0]?.status
  return (
    <div className="row">
      <span className="stamp" data-kind="patch">
        {t('look.patch', { patch: chosen[0]?.label ?? '' })}
      </span>
      {status === 'read' ? (
        <>
          <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'masked'))}>
            {t('look.mask')}
          </Button>
          <Button small onClick={() => lab.edit((s) => edit.remove(s, keys))}>
            {t('look.remove')}
          </Button>
        </>
      ) : (
        <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'read'))}>
          {t('look.restore')}
        </Button>
      )}
    </div>
  )
}
