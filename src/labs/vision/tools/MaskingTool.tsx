import { useEffect, useMemo, useRef } from 'react'
import { choosePatches, STRATEGIES, silencedPatches, silencePatches } from '../../../sequence/patch_masking.ts'
import { type Grid, patchCount } from '../../../sequence/patches.ts'
import type { Sequence, Status } from '../../../sequence/token.ts'
import type { Engine } from '../../../state/engine.ts'
import { headName } from '../../../views/maps/types.ts'
import { PatchBrush } from '../../../views/photo/PatchBrush.tsx'
import { PhotoStage } from '../../../views/photo/PhotoStage.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { canvasOf } from '../canvases.ts'
import { compareClasses } from '../comparison.ts'
import { MaskingCurves } from '../MaskingCurves.tsx'
import type { Masking, VisionLab } from '../state/lab.ts'
import { receivedByPatches, runWhole } from '../state/masking_curve.ts'
import { gridOf, type VisionDoc, type VisionRun } from '../state/run.ts'
import { createBeside } from '../state/variations.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

/** Patches taken away by lot, in a block, by the attention they receive or by hand, and what the class makes of it. */
export default function MaskingTool({ lab, engine, run }: VisionToolProps) {
  const { doc, draft, look, model } = useLab(lab.store)
  const whole = useWhole(engine, run, look.layer)
  const scores = useMemo(
    () => whole?.result.attentions[look.layer] && receivedByPatches(whole, look.layer, look.head),
    [whole, look.layer, look.head],
  )
  if (!doc || !model) return null
  const { masking } = look
  const grid = gridOf(model, doc.side)
  const shown = { ...doc, ...draft }
  const silenced = silencedPatches(shown.sequence)
  const N = patchCount(grid)

  /** The document with its patches silenced anew. */
  const silence = (next: Masking): Partial<VisionDoc> => ({
    sequence: silencePatches(doc.sequence, patchesOf(next, doc.sequence, grid, scores), next.as),
  })
  const choose = (change: Partial<Masking>) => {
    const next = { ...masking, ...change }
    lab.look({ masking: next })
    lab.edit(() => silence(next).sequence ?? doc.sequence)
  }
  const read = shown.sequence.tokens.filter(({ status }) => status === 'read').length

  return (
    <Panel title={t('masking.title')} lead={t('masking.lead')} testId="masking-tool">
      <div className="masking">
        <MaskedPhoto lab={lab} run={run} grid={grid} sequence={shown.sequence} />
        <div className="masking-controls">
          <Segmented
            label={t('masking.which')}
            showLabel
            value={masking.strategy}
            options={STRATEGIES.map((strategy) => ({
              value: strategy,
              label: t(`masking.${strategy}`),
              title: t(`masking.${strategy}.hint`),
              disabled: (strategy === 'most' || strategy === 'least') && !scores,
            }))}
            onChange={(strategy) =>
              strategy === 'hand' ? lab.look({ masking: { ...masking, strategy } }) : choose({ strategy })
            }
            testId="masking-strategy"
          />
          {(masking.strategy === 'most' || masking.strategy === 'least') && (
            <p className="hint">{t('masking.received', { head: headName(look) })}</p>
          )}
          {masking.strategy === 'hand' ? (
            <p className="hint">{t('masking.draw')}</p>
          ) : (
            // biome-ignore lint/a11y/noStaticElementInteractions: listens for the end of the slider's own gesture
            <div onPointerUp={lab.drop} onKeyUp={lab.drop} onBlur={lab.drop}>
              <Slider
                label={t('masking.ratio')}
                value={masking.ratio}
                min={0}
                max={1}
                step={0.01}
                format={(ratio) => `${Math.round(ratio * 100)} %`}
                onChange={(ratio) => {
                  const next = { ...masking, ratio }
                  lab.look({ masking: next })
                  lab.drag(silence(next))
                }}
                testId="masking-ratio"
              />
            </div>
          )}
          <Segmented
            label={t('masking.as')}
            showLabel
            value={masking.as}
            options={[
              { value: 'removed', label: t('masking.removed'), title: t('masking.removed.hint') },
              { value: 'masked', label: t('masking.masked'), title: t('masking.masked.hint') },
            ]}
            onChange={(as) => {
              lab.look({ masking: { ...masking, as } })
              lab.edit((sequence) => silencePatches(sequence, silencedPatches(sequence), as))
            }}
            testId="masking-as"
          />
          <div className="row">
            {(masking.strategy === 'random' || masking.strategy === 'block') && (
              <IntegerField
                label={t('masking.seed')}
                inline
                value={masking.seed}
                onChange={(seed) => choose({ seed })}
                testId="masking-seed"
              />
            )}
            {masking.strategy !== 'hand' && (
              <Button
                small
                onClick={() =>
                  choose(
                    masking.strategy === 'random' || masking.strategy === 'block' ? { seed: masking.seed + 1 } : {},
                  )
                }
                data-testid="masking-again"
              >
                {t(silenced.length === 0 ? 'masking.silence' : 'masking.again')}
              </Button>
            )}
            <Button
              small
              onClick={() => {
                const kept = new Set(silenced)
                const others = Array.from({ length: N }, (_, patch) => patch).filter((patch) => !kept.has(patch))
                lab.edit((sequence) => silencePatches(sequence, others, masking.as))
              }}
            >
              {t('masking.invert')}
            </Button>
            <Button
              small
              disabled={silenced.length === 0}
              onClick={() => lab.edit((sequence) => silencePatches(sequence, [], masking.as))}
              data-testid="masking-restore"
            >
              {t('masking.restore')}
            </Button>
          </div>
          <p data-testid="masking-count">
            {t('masking.count', {
              silenced: silenced.length,
              all: N,
              percent: Math.round((silenced.length / N) * 100),
              read,
            })}
          </p>
        </div>
      </div>
      {whole && (
        <>
          <ReadoutComparison
            name={t(`masking.classes.${masking.as}`)}
            columns={[
              { id: 'whole', title: t('masking.whole'), hint: t('masking.patches', { count: N }) },
              {
                id: 'now',
                title: t('masking.now'),
                hint: t('masking.patches', { count: N - silencedPatches(run.doc.sequence).length }),
              },
            ]}
            rows={compareClasses(whole, [run])}
          />
          <MaskingCurves lab={lab} engine={engine} whole={whole} />
        </>
      )}
    </Panel>
  )
}

/** The photo with its patches to click, to drag over, to walk by arrow keys. */
function MaskedPhoto({ lab, run, grid, sequence }: { lab: VisionLab; run: VisionRun; grid: Grid; sequence: Sequence }) {
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

function patchesOf(
  { strategy, ratio, seed }: Masking,
  sequence: Sequence,
  grid: Grid,
  scores: Float32Array | null | undefined,
): number[] {
  if (strategy === 'hand') return silencedPatches(sequence)
  return choosePatches(grid, { strategy, ratio, seed, scores: scores ?? undefined })
}

function statusesOf(sequence: Sequence, grid: Grid): Status[] {
  const statuses = new Array<Status>(patchCount(grid)).fill('removed')
  for (const { origin, status } of sequence.tokens) if (origin.type === 'patch') statuses[origin.patch] = status
  return statuses
}

/** The run with every patch read: the run itself where none is silenced; made anew only when something else changes. */
function useWhole(engine: Engine, run: VisionRun, layer: number): VisionRun | null {
  const beside = useMemo(() => {
    let last: VisionRun | null = null
    return createBeside(async (asked: { run: VisionRun; layer: number }) => {
      if (!last?.result.attentions[asked.layer] || !sameWhole(last, asked.run)) {
        last = await runWhole(engine, asked.run, asked.layer)
      }
      return last
    })
  }, [engine])
  const { result } = useLab(beside.store)
  useEffect(() => beside.request({ run, layer }), [beside, run, layer])
  return useMemo(() => (result && sameWhole(result, run) ? result : null), [result, run])
}

/** Whether two runs differ in nothing but which patches are silenced. */
function sameWhole(a: VisionRun, b: VisionRun): boolean {
  const rest = ({ doc: { sequence, ...doc } }: VisionRun) =>
    JSON.stringify({ ...doc, base: null, tokens: silencePatches(sequence, [], 'removed').tokens })
  return a.model === b.model && a.pixels.data.every((value, i) => value === b.pixels.data[i]) && rest(a) === rest(b)
}
