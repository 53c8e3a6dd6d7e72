import { useMemo } from 'react'
import type { Kind } from '../../core/tokens.ts'
import type { Entry, Sequence } from '../../sequence/token.ts'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import type { StripToken } from '../../views/tokens/types.ts'
import { stripIntents } from '../shared/intents.ts'
import { StripFrame } from '../shared/StripFrame.tsx'
import { stripTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import type { VisionLab } from './state/lab.ts'
import type { VisionDoc } from './state/run.ts'
import { t } from './words/words.ts'

const PATCHES = 'patches'

/** The sequence: special tokens as chips, all patches as one. */
export function TokenPanel({ lab, doc }: { lab: VisionLab; doc: VisionDoc }) {
  const { look } = useLab(lab.store)
  const chips = useMemo(() => visionChips(doc.sequence), [doc.sequence])
  const intents = stripIntents({
    edit: lab.edit,
    entry,
    select: (selection) => lab.look(selection[0] === undefined ? { selection } : { selection, query: selection[0] }),
    caret: (gap) => caretOf(doc.sequence, chips, gap),
  })
  return (
    <StripFrame className="lab-strip" label={t('strip')} help={help('strip')}>
      <TokenStrip tokens={chips} selected={look.selection.map(String)} offers={insertable()} {...intents} />
    </StripFrame>
  )
}

function visionChips(sequence: Sequence): StripToken[] {
  const specials = stripTokens(sequence, { positions: [] }).filter((chip) => chip.kind !== 'patch')
  const count = sequence.tokens.filter(({ kind, status }) => kind === 'patch' && status !== 'removed').length
  return [
    ...specials,
    { key: PATCHES, kind: 'patch', label: t('strip.patches', { count }), status: 'read', count, fixed: true },
  ]
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

function insertable() {
  return [
    { kind: 'cls' as const, hint: t('strip.cls') },
    { kind: 'register' as const, hint: t('strip.register') },
  ]
}
