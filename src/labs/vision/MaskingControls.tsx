import { choosePatches, STRATEGIES, silencedPatches, silencePatches } from '../../sequence/patch_masking.ts'
import { type Grid, patchCount } from '../../sequence/patches.ts'
import type { Sequence } from '../../sequence/token.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { IntegerField } from '../../views/primitives/IntegerField.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Slider } from '../../views/primitives/Slider.tsx'
import { useLab } from '../shared/useLab.ts'
import type { Masking, VisionLab } from './state/lab.ts'
import type { VisionDoc } from './state/run.ts'
import { t } from './words/words.ts'

export interface MaskingControlsProps {
  lab: VisionLab
  doc: VisionDoc
  grid: Grid
  /** The sequence with the gesture under way. */
  sequence: Sequence
  /** [N]: what `most` and `least` go by; null while it is not known. */
  scores: ArrayLike<number> | null
  /** Whose attention that is, in words. */
  scoredBy: string
  /** A model that draws what it does not read knows removed patches alone. */
  onlyRemoves?: boolean
}

/** Which patches are silenced, how many, and how. */
export function MaskingControls({ lab, doc, grid, sequence, scores, scoredBy, onlyRemoves }: MaskingControlsProps) {
  const { masking: chosen } = useLab(lab.store).look
  const masking: Masking = onlyRemoves ? { ...chosen, as: 'removed' } : chosen
  const silenced = silencedPatches(sequence)
  const N = patchCount(grid)
  const read = sequence.tokens.filter(({ status }) => status === 'read').length

  /** The document with its patches silenced anew. */
  const silence = (next: Masking): Partial<VisionDoc> => ({
    sequence: silencePatches(doc.sequence, patchesOf(next, doc.sequence, grid, scores), next.as),
  })
  const choose = (change: Partial<Masking>) => {
    const next = { ...masking, ...change }
    lab.look({ masking: next })
    lab.edit(() => silence(next).sequence ?? doc.sequence)
  }

  return (
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
      {(masking.strategy === 'most' || masking.strategy === 'least') && <p className="hint">{scoredBy}</p>}
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
              choose(masking.strategy === 'random' || masking.strategy === 'block' ? { seed: masking.seed + 1 } : {})
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
  )
}

function patchesOf(
  { strategy, ratio, seed }: Masking,
  sequence: Sequence,
  grid: Grid,
  scores: ArrayLike<number> | null,
): number[] {
  if (strategy === 'hand') return silencedPatches(sequence)
  return choosePatches(grid, { strategy, ratio, seed, scores: scores ?? undefined })
}
