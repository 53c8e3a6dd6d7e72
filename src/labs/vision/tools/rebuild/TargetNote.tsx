import { Panel } from '../../../../views/shell/Panel.tsx'
import { patchify, patchMoments } from '../../../../viz/reconstruction.ts'
import { decimal } from '../../../../words/numbers.ts'
import { help } from '../../help/help.ts'
import type { Rebuilt } from '../../state/rebuilt.ts'
import type { VisionRun } from '../../state/run.ts'
import { t } from './words/words.ts'

/** What the model's numbers stand for, and what that does to a patch. */
export function TargetNote({ run, one, patch }: { run: VisionRun; one: Rebuilt; patch: number | null }) {
  const asked = patch !== null && one.hidden.includes(patch) ? patch : (one.hidden[0] as number)
  return (
    <Panel help={help('target-note')} title={t('target.title')} testId="target-note">
      <p>{t(run.model.info.reconstructs?.normalised ? 'target.normalised' : 'target.pixels')}</p>
      <p>{t('target.patch', { patch: asked + 1, ...numbersOf(one, asked) })}</p>
      <p className="hint">{t('target.flat')}</p>
    </Panel>
  )
}

function numbersOf({ truth, made, grid }: Rebuilt, patch: number) {
  const n = grid.patch ** 2 * truth.channels
  const of = (image: Float32Array) => patchify(image, grid, truth.channels).subarray(patch * n, (patch + 1) * n)
  const [right, drawn] = [of(truth.data), of(made)]
  const { mean = 0, variance = 0 } = patchMoments(Float32Array.from(right), n)[0] ?? {}
  const error = right.reduce((sum, value, i) => sum + (value - (drawn[i] as number)) ** 2, 0) / n
  return {
    mean: decimal(mean, 2),
    deviation: decimal(Math.sqrt(variance), 3),
    error: decimal(error, 4),
    normalised: decimal(error / Math.max(variance, 1e-6), 2),
  }
}
