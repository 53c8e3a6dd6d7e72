import { useMemo } from 'react'
import type { Kind } from '../../../core/tokens.ts'
import type { Entry, Sequence } from '../../../sequence/token.ts'
import { TokenStrip } from '../../../views/tokens/TokenStrip.tsx'
import type { InsertOffer, StripToken } from '../../../views/tokens/types.ts'
import { stripIntents } from '../../shared/intents.ts'
import { StripFrame } from '../../shared/StripFrame.tsx'
import { stripTokens } from '../../shared/tokens.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from './help/help.ts'
import type { PictureLab } from './state/lab.ts'
import type { PictureDoc } from './state/run.ts'
import { t } from './words/words.ts'

const PATCHES = 'patches'

/** The sequence: a chip for each class token, all patches as one. */
export function ClsStrip({ lab, doc }: { lab: PictureLab; doc: PictureDoc }) {
  const { look } = useLab(lab.store)
  const chips = useMemo(() => chipsOf(doc.sequence), [doc.sequence])
  const copies = useMemo(() => copiesOf(doc.base), [doc.base])
  const intents = stripIntents({
    edit: lab.edit,
    entry: (kind, offer) => entryOf(copies, kind, offer),
    select: (selection) => lab.look(selection[0] === undefined ? { selection } : { selection, query: selection[0] }),
    caret: (gap) => caretOf(doc.sequence, chips, gap),
  })
  return (
    <StripFrame className="lab-strip" label={t('strip')} help={help('strip')}>
      <TokenStrip
        tokens={chips}
        selected={look.selection.map(String)}
        offers={copies.map(({ label }) => ({ kind: 'cls', label, hint: t('strip.copy') }))}
        {...intents}
      />
    </StripFrame>
  )
}

function chipsOf(sequence: Sequence): StripToken[] {
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

/** The trained class tokens: any of them can be put in once more. */
function copiesOf({ tokens }: Sequence): Entry[] {
  return tokens.filter(({ kind }) => kind === 'cls').map(({ kind, id, label }) => ({ kind, id, label }))
}

function entryOf(copies: readonly Entry[], kind: Kind, offer?: InsertOffer): Entry {
  return copies.find(({ label }) => label === offer?.label) ?? { kind, id: 0, label: copies[0]?.label ?? '[CLS]' }
}
