import { useMemo } from 'react'
import { fetchPart } from '../../core/fetch_part.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import { FilmStrip } from '../../views/photo/FilmStrip.tsx'
import { PhotoStage } from '../../views/photo/PhotoStage.tsx'
import { CopyButton } from '../../views/primitives/CopyButton.tsx'
import { Slider } from '../../views/primitives/Slider.tsx'
import { Switch } from '../../views/primitives/Switch.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { shareBound } from '../../viz/bounds.ts'
import { formatPercent } from '../../viz/format.ts'
import { canvasOf } from '../shared/canvases.ts'
import { LayerHead } from '../shared/LayerHead.tsx'
import { PinButton } from '../shared/PinButton.tsx'
import { useLab } from '../shared/useLab.ts'
import { t as shared } from '../shared/words/words.ts'
import { BoxExport } from './BoxExport.tsx'
import { BoxLayer } from './BoxLayer.tsx'
import { help } from './help/help.ts'
import { sceneName } from './SceneSources.tsx'
import { DUPLICATE_IOU, suppressed } from './state/boxes.ts'
import type { DetectLab } from './state/lab.ts'
import type { DetectLook } from './state/look.ts'
import { boxPath, type DetectRun, found, hasSnippet, queryName, queryReads, queryStack } from './state/run.ts'
import { t } from './words/words.ts'

/** The picture under what the chosen query reads, with boxes; beside it the same by layer and by head. */
export function DetectStage({ lab, run }: { lab: DetectLab; run: DetectRun }) {
  const { look, pinned } = useLab(lab.store)
  const row = run.asking.findIndex(({ place }) => place === look.query)
  const reads = useMemo(() => queryReads(run, row, look.layer, look.head), [run, row, look.layer, look.head])
  const name = queryName(run.model.info, look.query)
  const alt = run.objects ? sceneName(run.objects, true) : run.photo.name
  const said = found(run, look.threshold)
  const shown = look.nms ? suppressed(said, DUPLICATE_IOU) : said
  const bound = shareBound(look.fit, reads?.patches ?? [])
  const python = async () => (await fetchPart(() => import('./state/python.ts'))).detectSnippet(run, look)
  return (
    <div className="stage" data-testid="stage">
      <Panel
        help={help('photo')}
        title={row < 0 ? t('photo') : t('photo.reads', { query: name })}
        lead={t('photo.where', { layer: layerName(run.model.info, look.layer), head: headName(look.head) })}
        testId="photo-panel"
        actions={
          <>
            <BoxExport lab={lab} run={run} row={row} reads={reads?.patches ?? null} boxes={shown} />
            {hasSnippet(run) && <CopyButton small label={shared('python.copy')} text={python} testId="copy-python" />}
            <PinButton
              pinned={pinned !== null}
              onPin={(on) => lab.pin(on ? run : null)}
              onCompare={() => lab.look({ tool: 'compare' })}
            />
          </>
        }
      >
        <div className="photo-panel-body">
          <div className="vision-photo">
            <PhotoStage
              image={canvasOf(run.picture)}
              alt={alt}
              rows={run.grid.rows}
              columns={run.grid.columns}
              values={reads?.patches ?? null}
              asker={name}
              bound={bound}
              fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
              overlay={{ opacity: 0.7, look: 'colour' }}
              maxSize={1600}
              pixelated
            >
              <BoxLayer
                run={run}
                detections={shown}
                chosen={row}
                path={look.path && row >= 0 ? boxPath(run, row) : undefined}
                truth={look.truth ? run.objects : null}
              />
            </PhotoStage>
            <StageControls lab={lab} run={run} row={row} />
          </div>
        </div>
      </Panel>
      <div className="stage-side">
        <Panel
          help={help('films')}
          title={t('films')}
          lead={row < 0 ? t('films.none') : t('films.lead', { query: name })}
          testId="films"
        >
          {row >= 0 && <Films lab={lab} run={run} row={row} look={look} />}
        </Panel>
      </div>
    </div>
  )
}

/** Of a model whose queries go on into a neck, its layers are counted by themselves. */
function layerName(info: ModelInfo, layer: number): string {
  const { shared } = queryStack(info)
  if (shared > 0 && layer >= shared) return t('layer.neck', { layer: layer - shared + 1 })
  return t('layer.one', { layer: layer + 1 })
}

function headName(head: number | 'mean'): string {
  return head === 'mean' ? t('heads.mean') : t('head.one', { head: head + 1 })
}

function StageControls({ lab, run, row }: { lab: DetectLab; run: DetectRun; row: number }) {
  const { look } = useLab(lab.store)
  const { info } = run.model
  const { layers, heads, shared } = queryStack(info)
  const reads = queryReads(run, row, look.layer, look.head)
  return (
    <div className="vision-controls">
      <LayerHead
        choice={look}
        info={{ layers, heads }}
        onChoice={lab.look}
        nameOf={(layer) => (shared > 0 && layer >= shared ? layerName(info, layer) : undefined)}
      />
      {reads && <ReadingFacts run={run} row={row} layer={look.layer} reads={reads} />}
      <Slider
        label={t('threshold')}
        value={look.threshold}
        min={0}
        max={0.99}
        step={0.01}
        format={formatPercent}
        onChange={(threshold) => lab.look({ threshold })}
        testId="threshold"
      />
      <div className="row">
        <Switch label={t('path')} checked={look.path} onChange={(path) => lab.look({ path })} testId="path" />
        <Switch
          label={t('truth')}
          checked={look.truth && run.objects !== null}
          disabled={run.objects === null}
          onChange={(truth) => lab.look({ truth })}
          testId="truth"
        />
        <Switch label={t('nms')} checked={look.nms} onChange={(nms) => lab.look({ nms })} testId="nms" />
      </div>
      {look.path && <p className="hint">{t('path.hint')}</p>}
    </div>
  )
}

/** How much of what the query reads is patches, CLS, itself, other queries. */
function ReadingFacts({
  run,
  row,
  layer,
  reads,
}: {
  run: DetectRun
  row: number
  layer: number
  reads: NonNullable<ReturnType<typeof queryReads>>
}) {
  const own = reads.queries[row] as number
  const others = reads.queries.reduce((sum, share) => sum + share, 0) - own
  const facts = { own: formatPercent(own), others: formatPercent(others) }
  const { info } = run.model
  if (layer >= queryStack(info).shared)
    return (
      <p className="hint" data-testid="reading-facts">
        {t('reads.decoder', facts)}
      </p>
    )
  const patches = reads.patches.reduce((sum, share) => sum + share, 0)
  return (
    <p className="hint" data-testid="reading-facts">
      {info.image?.classTokens
        ? t('reads.one', { ...facts, patches: formatPercent(patches), cls: formatPercent(reads.cls) })
        : t('reads.body', { ...facts, patches: formatPercent(patches) })}
    </p>
  )
}

/** The chosen query's map in every layer (of the chosen head), and in every head (of the chosen layer). */
function Films({ lab, run, row, look }: { lab: DetectLab; run: DetectRun; row: number; look: DetectLook }) {
  const { layers, heads } = queryStack(run.model.info)
  const byLayer = useMemo(
    () => Array.from({ length: layers }, (_, layer) => queryReads(run, row, layer, look.head)?.patches ?? EMPTY),
    [run, row, layers, look.head],
  )
  const byHead = useMemo(
    () => Array.from({ length: heads }, (_, head) => queryReads(run, row, look.layer, head)?.patches ?? EMPTY),
    [run, row, heads, look.layer],
  )
  const headsTitle = t('films.heads', { layer: layerName(run.model.info, look.layer) })
  const film = { image: canvasOf(run.picture), rows: run.grid.rows, columns: run.grid.columns, size: 84 }
  return (
    <>
      <h3>{t('films.layers', { head: headName(look.head) })}</h3>
      <FilmStrip
        {...film}
        label={t('films.layers', { head: headName(look.head) })}
        frames={byLayer.map((values, layer) => ({ name: layerName(run.model.info, layer), values }))}
        selected={look.layer}
        onSelect={(layer) => lab.look({ layer })}
        bound={shareBound(look.fit, ...byLayer)}
      />
      <h3>{headsTitle}</h3>
      <FilmStrip
        {...film}
        label={headsTitle}
        frames={byHead.map((values, head) => ({ name: t('head.one', { head: head + 1 }), values }))}
        selected={look.head === 'mean' ? null : look.head}
        onSelect={(head) => lab.look({ head })}
        bound={shareBound(look.fit, ...byHead)}
      />
    </>
  )
}

const EMPTY = new Float32Array()
