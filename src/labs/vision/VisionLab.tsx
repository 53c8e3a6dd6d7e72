import { useEffect, useMemo } from 'react'
import type { Kind } from '../../core/tokens.ts'
import type { Picture } from '../../engine/reader_protocol.ts'
import * as edit from '../../sequence/edit.ts'
import { readable } from '../../sequence/mask.ts'
import { patchCount, patchKeys } from '../../sequence/patches.ts'
import type { Entry, Sequence, Status } from '../../sequence/token.ts'
import { EMBEDDED_MODELS } from '../../state/embedded_models.ts'
import type { Engine } from '../../state/engine.ts'
import type { Sample } from '../../state/samples.ts'
import type { VisionLab as VisionLabModel, VisionRun } from '../../state/vision_lab.ts'
import { headName } from '../../views/maps/types.ts'
import { ImageInput } from '../../views/photo/ImageInput.tsx'
import { PhotoStage } from '../../views/photo/PhotoStage.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { EmptyState, Loading } from '../../views/shell/Loading.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import type { StripToken } from '../../views/tokens/types.ts'
import { headMap, rowOf } from '../../viz/matrix.ts'
import { AttentionStage } from '../shared/AttentionStage.tsx'
import { stripIntents } from '../shared/intents.ts'
import { Toolbox } from '../shared/Toolbox.tsx'
import { mapTokens, stripTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { VISION_TOOLS } from './tools/index.ts'
import { VisionReadouts } from './VisionReadouts.tsx'

const MODELS = EMBEDDED_MODELS.filter(({ modality }) => modality === 'image')
const INSERTABLE = [
  { kind: 'cls' as const, hint: 'a copy of the trained one' },
  { kind: 'register' as const, hint: 'untrained' },
]
const PATCHES = 'patches'

export interface VisionLabProps {
  lab: VisionLabModel
  engine: Engine
  samples: readonly Sample[]
}

/** Patches, the visual CLS and registers: drop a photo, ask any token what it reads. */
export function VisionLab({ lab, engine, samples }: VisionLabProps) {
  const { model, doc, photo, look, run, problem } = useLab(lab.store)
  const { progress } = useLab(engine.store)
  usePaste(lab.showFile)

  const chips = useMemo(() => (doc ? visionChips(doc.sequence) : []), [doc])
  const runTokens = useMemo(() => mapTokens(run?.tokens ?? []), [run])
  const mayRead = useMemo(() => run && readable(run.doc.sequence, run.doc.mask), [run])
  const image = useMemo(() => photo && canvasOf(photo.picture), [photo])

  if (!model || !doc) {
    return (
      <div className="lab">
        {problem && <ErrorBanner error={problem} onDismiss={lab.dismissProblem} />}
        {!problem && <Loading what="Loading the vision model" loaded={progress?.loaded} total={progress?.total} />}
      </div>
    )
  }

  const queryRow = run ? run.tokens.findIndex((token) => token.key === look.query) : -1
  const select = (selection: number[]) =>
    lab.look(selection[0] === undefined ? { selection } : { selection, query: selection[0] })
  const tool = VISION_TOOLS.find(({ id }) => id === look.tool) ?? (VISION_TOOLS[0] as (typeof VISION_TOOLS)[number])
  const intents = stripIntents({ edit: lab.edit, entry, select, caret: (gap) => caretOf(doc.sequence, chips, gap) })
  const alt = samples.find((sample) => sample.file === photo?.name)?.title ?? photo?.name ?? 'photo'

  return (
    <div className="lab" data-testid="vision-lab">
      {problem && <ErrorBanner error={problem} onDismiss={lab.dismissProblem} />}
      <Panel
        title="Photo"
        actions={
          <ModelChoice model={model.id} onChange={(id) => lab.open({ lab: 'vision', model: id }).catch(lab.fail)} />
        }
      >
        <ImageInput
          samples={samples.map(({ file, url, title }) => ({ id: file, src: url, alt: title }))}
          selected={photo?.source === 'sample' ? photo.name : null}
          onSample={(file) => {
            const sample = samples.find((candidate) => candidate.file === file)
            if (sample) void lab.showSample(sample)
          }}
          onFile={lab.showFile}
        />
      </Panel>
      <Panel
        title="Tokens"
        lead="[CLS] and the registers are chips; select one to see what it reads in the photo."
        actions={
          <>
            <Button small look="quiet" onClick={lab.undo} data-testid="undo">
              Undo
            </Button>
            <Button small look="quiet" onClick={lab.redo} data-testid="redo">
              Redo
            </Button>
          </>
        }
      >
        <TokenStrip tokens={chips} selected={look.selection.map(String)} offers={INSERTABLE} {...intents} />
      </Panel>
      {run && image ? (
        <>
          <div className="lab-columns">
            <AttentionStage
              info={model.info}
              result={run.result}
              tokens={runTokens}
              choice={look}
              onChoice={({ layer, head }) => lab.look({ layer, head })}
              ablated={run.doc.ablated}
              onToggleHead={(layer, head) => lab.setAblated(toggled(doc.ablated, layer, head))}
              selected={queryRow < 0 ? null : queryRow}
              onSelect={(row) => {
                const token = row === null ? undefined : run.tokens[row]
                if (token) select([token.key])
              }}
              readable={mayRead ? (query, key) => mayRead(look.layer, query, key) : undefined}
            >
              <Panel
                title={`What ${run.tokens[queryRow]?.label ?? 'a token'} reads in the photo`}
                lead={headName(look)}
                testId="photo-panel"
              >
                <PhotoStage
                  image={image}
                  alt={alt}
                  rows={run.grid.rows}
                  columns={run.grid.columns}
                  values={queryRow < 0 ? null : patchValues(run, look, queryRow)}
                  asker={run.tokens[queryRow]?.label}
                  statuses={patchStatuses(run)}
                  selectedPatch={selectedPatch(run, look.query)}
                  onSelectPatch={(patch) => select(patch === null ? [] : patchKeys(doc.sequence, [patch]))}
                  overlay={{ opacity: 0.75, look: 'colour' }}
                />
                <PatchActions lab={lab} sequence={doc.sequence} selection={look.selection} />
              </Panel>
            </AttentionStage>
            <VisionReadouts run={run} labels={model.info.labels} />
          </div>
          <Toolbox tools={VISION_TOOLS} chosen={tool.id} onChoose={(id) => lab.look({ tool: id })}>
            <tool.Tool lab={lab} engine={engine} run={run} />
          </Toolbox>
        </>
      ) : (
        <EmptyState title="Nothing has run yet">Choose a sample, or drop a photo.</EmptyState>
      )}
    </div>
  )
}

function ModelChoice({ model, onChange }: { model: string; onChange: (id: string) => void }) {
  return (
    <Segmented
      label="Model"
      value={model}
      options={MODELS.map(({ id, title }) => ({ value: id, label: title }))}
      onChange={onChange}
      testId="model"
    />
  )
}

/** What can be done to a patch that was chosen on the photo. */
function PatchActions({ lab, sequence, selection }: { lab: VisionLabModel; sequence: Sequence; selection: number[] }) {
  const chosen = sequence.tokens.filter((token) => token.kind === 'patch' && selection.includes(token.key))
  if (chosen.length === 0) return <p className="hint">Choose a patch to ask what it reads, or to mask or remove it.</p>
  const keys = chosen.map((token) => token.key)
  const status = chosen[0]?.status
  return (
    <div className="row">
      <span className="stamp" data-kind="patch">
        patch {chosen[0]?.label}
      </span>
      {status === 'read' ? (
        <>
          <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'masked'))}>
            Mask
          </Button>
          <Button small onClick={() => lab.edit((s) => edit.remove(s, keys))}>
            Remove
          </Button>
        </>
      ) : (
        <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'read'))}>
          Restore
        </Button>
      )}
    </div>
  )
}

/** Special tokens as chips, all patches as one. */
function visionChips(sequence: Sequence): StripToken[] {
  const specials = stripTokens(sequence, { positions: [] }).filter((chip) => chip.kind !== 'patch')
  const count = sequence.tokens.length - specials.length
  return [...specials, { key: PATCHES, kind: 'patch', label: `${count} patches`, status: 'read', count, fixed: true }]
}

/** A gap between chips as a caret: before the token of the chip behind it, or before the first patch. */
function caretOf(sequence: Sequence, chips: readonly StripToken[], gap: number): number {
  const behind = chips[gap]
  if (!behind) return sequence.tokens.length
  if (behind.key === PATCHES) return sequence.tokens.findIndex((token) => token.kind === 'patch')
  return sequence.tokens.findIndex((token) => String(token.key) === behind.key)
}

function entry(kind: Kind): Entry {
  if (kind === 'cls') return { kind, id: 0, label: '[CLS]' }
  return { kind, id: null, label: '[REG]', start: { type: 'normal', seed: 1, std: 0.02 } }
}

/** What the query's row gives to each patch of the grid; 0 for patches that are not in the run. */
function patchValues(
  run: VisionRun,
  { layer, head }: { layer: number; head: number | 'mean' },
  query: number,
): Float32Array | null {
  const map = run.result.attentions[layer]
  if (!map) return null
  const row = rowOf(headMap(map.data, run.result.tokens, head), run.result.tokens, query)
  const values = new Float32Array(patchCount(run.grid))
  run.tokens.forEach(({ origin }, t) => {
    if (origin.type === 'patch') values[origin.patch] = row[t] as number
  })
  return values
}

function patchStatuses(run: VisionRun): Status[] {
  const statuses = new Array<Status>(patchCount(run.grid)).fill('removed')
  for (const { origin, status } of run.doc.sequence.tokens) if (origin.type === 'patch') statuses[origin.patch] = status
  return statuses
}

function selectedPatch(run: VisionRun, key: number): number | null {
  const token = run.doc.sequence.tokens.find((candidate) => candidate.key === key)
  return token?.origin.type === 'patch' ? token.origin.patch : null
}

function toggled(pairs: readonly [number, number][], layer: number, head: number): [number, number][] {
  const rest = pairs.filter(([l, h]) => l !== layer || h !== head)
  return rest.length < pairs.length ? rest : [...pairs, [layer, head]]
}

function canvasOf({ width, height, data }: Picture): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0)
  return canvas
}

function usePaste(onFile: (file: File) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0]
      if (file) onFile(file)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  })
}
