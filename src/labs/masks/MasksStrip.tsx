import { useMemo } from 'react'
import { SPECIAL_KINDS, type SpecialKind } from '../../core/tokens.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { renumbered } from '../../sequence/changes.ts'
import { replace, restoreOriginal } from '../../sequence/edit.ts'
import { positionIds, segmentIds } from '../../sequence/numbering.ts'
import { active, isUntrained } from '../../sequence/token.ts'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import { KIND_LABELS } from '../../viz/kinds.ts'
import { stripIntents } from '../shared/intents.ts'
import { StripFrame } from '../shared/StripFrame.tsx'
import { stripTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { type MasksDoc, specialEntry } from './state/doc.ts'
import type { MasksLab } from './state/lab.ts'
import type { MasksLook } from './state/look.ts'
import { t } from './words/words.ts'

export interface MasksStripProps {
  lab: MasksLab
  doc: MasksDoc
  look: MasksLook
  tokenizer: TokenizerInfo
  info: ModelInfo
}

/** The tokens of the texts and of the mask, with everything that was done to them. */
export function MasksStrip({ lab, doc, look, tokenizer, info }: MasksStripProps) {
  const { maxTokens, paddingIndex, segmentTypes = 1 } = info
  const numbering = useMemo(
    () => ({
      ...positionIds(doc.sequence, { maxPositions: maxTokens, paddingIndex }),
      ...(segmentTypes > 1 && { segments: segmentIds(doc.sequence, segmentTypes) }),
    }),
    [doc.sequence, maxTokens, paddingIndex, segmentTypes],
  )
  const { since } = useLab(lab.store)
  const chips = useMemo(() => {
    const changed = since ? renumbered(since, { tokens: active(doc.sequence), ...numbering }) : undefined
    return stripTokens(doc.sequence, numbering, changed)
  }, [doc.sequence, numbering, since])
  const offers = useMemo(() => insertable(tokenizer), [tokenizer])
  const intents = stripIntents({
    edit: lab.edit,
    entry: (kind) => specialEntry(tokenizer, kind as SpecialKind),
    select: (selection) => lab.look({ selection }),
  })
  return (
    <StripFrame className="lab-strip" label={t('strip')} help={help('strip')}>
      <TokenStrip
        tokens={chips}
        selected={look.selection.map(String)}
        offers={offers}
        {...intents}
        onReplaceMask={
          tokenizer.specials.mask &&
          ((keys) => lab.edit((sequence) => replace(sequence, keys.map(Number), specialEntry(tokenizer, 'mask'))))
        }
        onRestoreOriginal={(keys) => lab.edit((sequence) => restoreOriginal(sequence, keys.map(Number)))}
      />
    </StripFrame>
  )
}

/** Every special kind, those of this vocabulary first; the others say that nobody trained them. */
function insertable(tokenizer: TokenizerInfo) {
  const offers = SPECIAL_KINDS.map((kind) => {
    const entry = specialEntry(tokenizer, kind)
    const untrained = isUntrained(entry)
    return {
      kind,
      label: untrained ? KIND_LABELS[kind] : entry.label,
      ...(untrained && { hint: t('strip.untrained') }),
    }
  })
  return [...offers.filter(({ hint }) => !hint), ...offers.filter(({ hint }) => hint)]
}
