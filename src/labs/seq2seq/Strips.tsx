import { type PointerEvent, useMemo } from 'react'
import { SPECIAL_KINDS, type SpecialKind } from '../../core/tokens.ts'
import { replace, restoreOriginal } from '../../sequence/edit.ts'
import { active, isUntrained, type Sequence } from '../../sequence/token.ts'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import { stripIntents } from '../shared/intents.ts'
import { StripFrame } from '../shared/StripFrame.tsx'
import { stripTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { type Seq2SeqModel, specialEntry } from './state/doc.ts'
import type { Seq2SeqLab, Side } from './state/lab.ts'
import type { Lit } from './state/lit.ts'
import type { Seq2SeqRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface StripsProps {
  lab: Seq2SeqLab
  model: Seq2SeqModel
  source: Sequence
  /** Null before the model has written anything. */
  target: Sequence | null
  run: Seq2SeqRun | null
  lit: Lit | null
  /** The pointer is on a token, or on none. */
  onPoint: (side: Side, key: number | null) => void
}

/** What the encoder reads and what the decoder reads and writes, with everything that was done to both. */
export function Strips({ lab, model, source, target, run, lit, onPoint }: StripsProps) {
  return (
    <div className="lab-strip strips">
      <Strip lab={lab} model={model} side="source" sequence={source} shares={sharesOf(run, lit)} onPoint={onPoint} />
      {target && <Strip lab={lab} model={model} side="target" sequence={target} onPoint={onPoint} />}
    </div>
  )
}

/** By key, what the lit row reads; of another sentence's states nothing is the source's. */
function sharesOf(run: Seq2SeqRun | null, lit: Lit | null): ReadonlyMap<number, number> | undefined {
  if (!run || !lit?.shares || run.doc.states.type === 'other') return undefined
  const { shares } = lit
  return new Map(run.read.map(({ key }, column) => [key, shares[column] as number]))
}

interface StripProps extends Pick<StripsProps, 'lab' | 'model' | 'onPoint'> {
  side: Side
  sequence: Sequence
  shares?: ReadonlyMap<number, number>
}

function Strip({ lab, model, side, sequence, shares, onPoint }: StripProps) {
  const { look } = useLab(lab.store)
  const chips = useMemo(() => {
    const positions = active(sequence).map((_, row) => row)
    const tokens = stripTokens(sequence, { positions })
    return shares ? tokens.map((token) => ({ ...token, share: shares.get(Number(token.key)) })) : tokens
  }, [sequence, shares])
  const offers = useMemo(() => insertable(model), [model])
  const edit = side === 'source' ? lab.editSource : lab.editTarget
  const intents = stripIntents({
    edit,
    entry: (kind) => specialEntry(model, kind as SpecialKind),
    select: (keys) => lab.select(side, keys),
  })
  const mask = specialEntry(model, 'mask')
  const keyUnder = ({ target }: PointerEvent) => {
    const chip = target instanceof Element ? target.closest<HTMLElement>('[data-testid=token]') : null
    return chip ? Number(chip.dataset.key) : null
  }
  return (
    <StripFrame
      className="strip-side"
      data-testid={`${side}-strip`}
      label={t(`strip.${side}`)}
      help={help(`strip.${side}`)}
      onPointerOver={(event) => onPoint(side, keyUnder(event))}
      onPointerLeave={() => onPoint(side, null)}
    >
      <TokenStrip
        tokens={chips}
        selected={look.selection[side].map(String)}
        offers={offers}
        label={t(`strip.${side}`)}
        {...intents}
        onPosition={undefined}
        onReplaceMask={
          isUntrained(mask) ? undefined : (keys) => edit((tokens) => replace(tokens, keys.map(Number), mask))
        }
        onRestoreOriginal={(keys) => edit((tokens) => restoreOriginal(tokens, keys.map(Number)))}
      />
    </StripFrame>
  )
}

/** The kinds that this vocabulary has, and those that a reader may want to try all the same. */
function insertable(model: Seq2SeqModel) {
  return SPECIAL_KINDS.filter((kind) => OFFERED.includes(kind)).map((kind) => {
    const entry = specialEntry(model, kind)
    return { kind, label: entry.label, ...(isUntrained(entry) && { hint: t('strip.untrained') }) }
  })
}

const OFFERED: readonly SpecialKind[] = ['pad', 'bos', 'eos', 'unk', 'mask', 'cls', 'sep', 'register']
