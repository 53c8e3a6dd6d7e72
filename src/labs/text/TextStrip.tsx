import { useMemo } from 'react'
import { SPECIAL_KINDS, type SpecialKind } from '../../core/tokens.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { renumbered } from '../../sequence/changes.ts'
import { replace, restoreOriginal, setSegment } from '../../sequence/edit.ts'
import { positionIds, segmentIds } from '../../sequence/numbering.ts'
import { active, isUntrained } from '../../sequence/token.ts'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import { stripIntents } from '../shared/intents.ts'
import { StripFrame } from '../shared/StripFrame.tsx'
import { stripTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { specialEntry, type TextDoc } from './state/doc.ts'
import type { TextLab, TextLook } from './state/lab.ts'
import { t } from './words/words.ts'

export interface TextStripProps {
  lab: TextLab
  doc: TextDoc
  look: TextLook
  tokenizer: TokenizerInfo
  info: ModelInfo
}

/** The tokens that the texts make, with everything that was done to them. */
export function TextStrip({ lab, doc, look, tokenizer, info }: TextStripProps) {
  const { maxTokens, paddingIndex, segmentTypes } = info
  const numbering = useMemo(
    () => ({
      ...positionIds(doc.sequence, { maxPositions: maxTokens, paddingIndex }),
      segments: segmentIds(doc.sequence, segmentTypes ?? 1),
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
  const clamped = numbering.clamped.length
  return (
    <StripFrame className="lab-strip" label={t('strip')} help={help('strip')}>
      <TokenStrip
        tokens={chips}
        selected={look.selection.map(String)}
        offers={offers}
        {...intents}
        onReplaceMask={(keys) =>
          lab.edit((sequence) => replace(sequence, keys.map(Number), specialEntry(tokenizer, 'mask')))
        }
        onRestoreOriginal={(keys) => lab.edit((sequence) => restoreOriginal(sequence, keys.map(Number)))}
        onEmbedding={(keys) => lab.look({ tool: 'embedding', selection: keys.map(Number) })}
        onSegment={(keys, segment) =>
          lab.edit((sequence) => setSegment(sequence, keys.map(Number), segment ?? undefined))
        }
      />
      {clamped > 0 && (
        <p className="hint" role="status" data-testid="clamped">
          {t('strip.clamped', { count: clamped, last: maxTokens - 1 })}
        </p>
      )}
    </StripFrame>
  )
}

/** Every special kind; the ones this vocabulary lacks say so. */
function insertable(tokenizer: TokenizerInfo) {
  return SPECIAL_KINDS.map((kind) => {
    const entry = specialEntry(tokenizer, kind)
    return { kind, ...(isUntrained(entry) && { hint: t('strip.untrained') }) }
  })
}
