import { rowNorms } from '../../../../core/vectors.ts'
import { EMBEDDED_MODELS } from '../../../../state/embedded_models.ts'
import { PhotoStage } from '../../../../views/photo/PhotoStage.tsx'
import { ClassReadout } from '../../../../views/readouts/ClassReadout.tsx'
import { shareBound } from '../../../../viz/bounds.ts'
import { formatPercent, formatValue } from '../../../../viz/format.ts'
import { peak, rowOf } from '../../../../viz/matrix.ts'
import { HIGH_NORM, highNorms, outliers, spread } from '../../../../viz/outliers.ts'
import { saidInFull } from '../../../../words/errors.ts'
import { decimal } from '../../../../words/numbers.ts'
import { canvasOf } from '../../../shared/canvases.ts'
import { useLab } from '../../../shared/useLab.ts'
import { headTitle } from '../../comparison.ts'
import { contrastOf, patchReading, type ReadingChoice, readingMatrix, readingName } from '../../readings.ts'
import { visionReadouts } from '../../state/readouts.ts'
import { registerEffect } from '../../state/register_effect.ts'
import type { VisionRun } from '../../state/run.ts'
import { runUnedited } from '../../state/variations.ts'
import { useBeside } from '../../useBeside.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

/** Trained by the same recipe, without registers and with four. */
const TWINS = [
  ['clsroom-vit', 'clsroom-vit-registers'],
  ['clsroom-vit-large', 'clsroom-vit-large-registers'],
] as const

const isTwin = (id: string) => TWINS.flat().some((one) => one === id)

/** The model that is shown and its twin with, or without, registers; for a model of one's own, the first pair. */
function twinsOf(id: string): readonly string[] {
  return TWINS.find((pair) => pair.some((one) => one === id)) ?? TWINS[0]
}

/** Two models of one recipe, trained with 0 and with 4 registers, unedited, on the same photo. */
export function TrainedModels({ lab, engine, run }: VisionToolProps) {
  const { look } = useLab(lab.store)
  const { result, problem } = useBeside(run, async (shown) => {
    const runs: VisionRun[] = []
    for (const id of twinsOf(shown.model.id)) runs.push(await runUnedited(engine, id, shown))
    const { id } = shown.model
    return { runs, own: isTwin(id) ? null : await runUnedited(engine, id, shown) }
  })
  if (problem) return <p role="alert">{saidInFull(problem)}</p>
  if (!result) return <p className="hint">{t('trained.running')}</p>
  // One scale for both.
  const bound = shareBound(
    look.overlay.fit,
    ...result.runs.map((one) => patchReading(one, choiceIn(one, look), one.pooledRow) ?? []),
  )
  return (
    <>
      <p className="hint">{t('trained.hint', { reading: readingName(look) })}</p>
      <Effect runs={result.runs} />
      {result.own && <OwnNorms run={result.own} />}
      <div className="vision-models">
        {result.runs.map((one) => (
          <TrainedModel key={one.model.id} title={titleOf(one.model.id)} run={one} look={look} bound={bound} />
        ))}
      </div>
    </>
  )
}

/** Whether what registers are for is seen here, in words. */
function Effect({ runs }: { runs: readonly VisionRun[] }) {
  const [without = [], withThem = []] = runs.map(patchNormsOf)
  const { kind, ...counts } = registerEffect(without, withThem)
  return (
    <p data-testid="register-effect" data-effect={kind}>
      {kind === 'none'
        ? t('trained.none', { limit: HIGH_NORM })
        : t(`trained.${kind}`, { ...counts, limit: HIGH_NORM })}
    </p>
  )
}

/** Of another model, what the same measure finds in it. */
function OwnNorms({ run }: { run: VisionRun }) {
  const norms = patchNormsOf(run)
  const registers = normsOf(run, (kind) => kind === 'register')
  const { median } = spread(norms)
  const times = (norm: number) => decimal(norm / median, 1)
  return (
    <p data-testid="own-norms" data-high={highNorms(norms).length}>
      {t('trained.own', {
        model: run.model.name,
        longest: times(peak(norms)),
        count: highNorms(norms).length,
        patches: norms.length,
        limit: HIGH_NORM,
      })}{' '}
      {registers.length > 0
        ? t('trained.own.registers', { least: times(Math.min(...registers)), most: times(peak(registers)) })
        : t('trained.own.none')}
    </p>
  )
}

function titleOf(id: string): string {
  return EMBEDDED_MODELS.find((model) => model.id === id)?.title ?? id
}

function patchRowsOf({ tokens }: VisionRun): number[] {
  return tokens.flatMap(({ kind }, row) => (kind === 'patch' ? [row] : []))
}

/** Of each patch after the last layer. */
const patchNormsOf = (run: VisionRun) => normsOf(run, (kind) => kind === 'patch')

function normsOf(
  { result, tokens }: VisionRun,
  isWanted: (kind: VisionRun['tokens'][number]['kind']) => boolean,
): number[] {
  const hidden = result.hiddenStates.at(-1)
  const norms = hidden ? rowNorms(hidden.data, hidden.dims.at(-1) ?? 1) : new Float32Array()
  return tokens.flatMap(({ kind }, row) => (isWanted(kind) ? [norms[row] as number] : []))
}

/** The reading that is chosen, as far as the model has it. */
function choiceIn({ model: { info } }: VisionRun, look: ReadingChoice): ReadingChoice {
  return {
    ...look,
    layer: Math.min(look.layer, info.layers - 1),
    head: look.head === 'mean' ? 'mean' : Math.min(look.head, info.heads - 1),
  }
}

interface TrainedModelProps {
  title: string
  run: VisionRun
  look: ReadingChoice & { overlay: { fit: boolean } }
  /** The value at the end of the colours. */
  bound: number
}

function TrainedModel({ title, run, look, bound }: TrainedModelProps) {
  const choice = choiceIn(run, look)
  const matrix = readingMatrix(run, choice)
  const [readout] = visionReadouts(run)
  const patchRows = patchRowsOf(run)
  const patchNorms = patchNormsOf(run)
  const odd = outliers(patchNorms)
  const toPatches = matrix
    ? patchRows.reduce((sum, row) => sum + (rowOf(matrix, run.result.tokens, run.pooledRow)[row] as number), 0)
    : Number.NaN
  return (
    <section className="vision-model" aria-label={title} data-testid="trained-model" data-model={run.model.id}>
      <h3>{title}</h3>
      <PhotoStage
        image={canvasOf(run.sharp)}
        alt={t('trained.alt', { photo: run.photo.name, model: title })}
        rows={run.grid.rows}
        columns={run.grid.columns}
        values={patchReading(run, choice, run.pooledRow)}
        asker="[CLS]"
        marked={odd}
        bound={bound}
        overlay={{ opacity: 0.75, contrast: contrastOf(look.overlay) }}
        maxSize={380}
      />
      <p className="hint">
        {look.reading !== 'max' && `${t('trained.share', { share: formatPercent(toPatches) })} `}
        {t('trained.norms', {
          longest: formatValue(peak(patchNorms)),
          median: formatValue(spread(patchNorms).median),
          times: decimal(peak(patchNorms) / spread(patchNorms).median, 1),
          count: odd.length,
        })}
      </p>
      {readout && <ClassReadout title={headTitle(readout.id)} answer={readout} top={4} />}
    </section>
  )
}
