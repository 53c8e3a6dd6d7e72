import { useMemo } from 'react'
import { FilmStrip } from '../../../views/photo/FilmStrip.tsx'
import { PhotoStage } from '../../../views/photo/PhotoStage.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { shareBound } from '../../../viz/bounds.ts'
import { formatPercent } from '../../../viz/format.ts'
import { canvasOf } from '../../shared/canvases.ts'
import { LayerHead } from '../../shared/LayerHead.tsx'
import { useLab } from '../../shared/useLab.ts'
import { className, clsName } from './class_name.ts'
import { help } from './help/help.ts'
import type { PictureMemory } from './state/lab.ts'
import { type PictureRun, readsAt, rowOfHead, sum } from './state/run.ts'
import { TaskMask } from './TaskMask.tsx'
import { t } from './words/words.ts'

/** The picture under what the chosen class token reads; beside it who reads what, and the same by layer and by head. */
export function PictureStage({ lab, run }: { lab: PictureMemory; run: PictureRun }) {
  const { look } = useLab(lab.store)
  const row = rowOfHead(run, look.asker)
  const reads = useMemo(() => readsAt(run, row, look.layer, look.head), [run, row, look.layer, look.head])
  const name = clsName(look.asker)
  const alt = run.photo.label === null ? run.photo.name : className(run.photo.label)
  return (
    <div className="stage" data-testid="stage">
      <Panel
        help={help('photo')}
        title={t('photo.reads', { cls: name })}
        lead={t('photo.where', { layer: look.layer + 1, head: choiceName(look.head) })}
        testId="photo-panel"
      >
        <div className="photo-panel-body">
          <div className="vision-photo">
            <PhotoStage
              image={canvasOf(run.seen)}
              alt={alt}
              rows={run.grid.rows}
              columns={run.grid.columns}
              values={reads?.patches ?? null}
              asker={name}
              bound={shareBound(look.fit, reads?.patches ?? [])}
              fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
              overlay={{ opacity: 0.7, look: 'colour' }}
              maxSize={1600}
              pixelated
            />
            <StageControls lab={lab} run={run} reads={reads} />
          </div>
        </div>
      </Panel>
      <div className="stage-side">
        <Panel
          help={help('mask-panel')}
          title={t('mask.title')}
          lead={t('mask.lead', { layer: look.layer + 1, head: choiceName(look.head) })}
          testId="mask-panel"
        >
          <TaskMask run={run} layer={look.layer} head={look.head} asker={look.asker} />
        </Panel>
        <Panel help={help('films')} title={t('films')} testId="films">
          <Films lab={lab} run={run} row={row} />
        </Panel>
      </div>
    </div>
  )
}

export function choiceName(head: number | 'mean'): string {
  return head === 'mean' ? t('heads.mean') : t('head.one', { head: head + 1 })
}

interface StageControlsProps {
  lab: PictureMemory
  run: PictureRun
  reads: ReturnType<typeof readsAt>
}

function StageControls({ lab, run, reads }: StageControlsProps) {
  const { look } = useLab(lab.store)
  return (
    <div className="vision-controls">
      <LayerHead choice={look} info={run.model.info} onChoice={lab.look} />
      {reads && (
        <p className="hint" data-testid="reading-facts">
          {t('reads', {
            patches: formatPercent(sum(reads.patches)),
            cls: formatPercent(reads.base + sum(reads.cls)),
            memory: formatPercent(sum(reads.memory.map((rows) => sum(rows)))),
          })}
        </p>
      )}
    </div>
  )
}

/** The chosen class token's map in every layer (of the chosen head), and in every head (of the chosen layer). */
function Films({ lab, run, row }: { lab: PictureMemory; run: PictureRun; row: number }) {
  const { look } = useLab(lab.store)
  const { layers, heads } = run.model.info
  const byLayer = useMemo(
    () => Array.from({ length: layers }, (_, layer) => readsAt(run, row, layer, look.head)?.patches ?? EMPTY),
    [run, row, layers, look.head],
  )
  const byHead = useMemo(
    () => Array.from({ length: heads }, (_, head) => readsAt(run, row, look.layer, head)?.patches ?? EMPTY),
    [run, row, heads, look.layer],
  )
  const film = { image: canvasOf(run.seen), rows: run.grid.rows, columns: run.grid.columns, size: 52 }
  return (
    <>
      <h3>{t('films.layers', { head: choiceName(look.head) })}</h3>
      <FilmStrip
        {...film}
        label={t('films.layers', { head: choiceName(look.head) })}
        frames={byLayer.map((values, layer) => ({ name: t('layer.one', { layer: layer + 1 }), values }))}
        selected={look.layer}
        onSelect={(layer) => lab.look({ layer })}
        bound={shareBound(look.fit, ...byLayer)}
      />
      <h3>{t('films.heads', { layer: look.layer + 1 })}</h3>
      <FilmStrip
        {...film}
        label={t('films.heads', { layer: look.layer + 1 })}
        frames={byHead.map((values, head) => ({ name: t('head.one', { head: head + 1 }), values }))}
        selected={look.head === 'mean' ? null : look.head}
        onSelect={(head) => lab.look({ head })}
        bound={shareBound(look.fit, ...byHead)}
      />
    </>
  )
}

const EMPTY = new Float32Array()
