import { useEffect, useMemo, useRef } from 'react'
import { SPECIAL_KINDS, type SpecialKind } from '../../core/tokens.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { renumbered } from '../../sequence/changes.ts'
import { restoreOriginal } from '../../sequence/edit.ts'
import { positionIds } from '../../sequence/numbering.ts'
import { active, isUntrained } from '../../sequence/token.ts'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import { KIND_LABELS } from '../../viz/kinds.ts'
import { stripIntents } from '../shared/intents.ts'
import { StripFrame } from '../shared/StripFrame.tsx'
import { stripTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { type GenerateDoc, specialEntry } from './state/doc.ts'
import type { GenerateLab, GenerateLook } from './state/lab.ts'
import { t } from './words/words.ts'

export interface GenerateStripProps {
  lab: GenerateLab
  doc: GenerateDoc
  look: GenerateLook
  tokenizer: TokenizerInfo
  info: ModelInfo
}

/** The tokens of the prompt and those that were written, with everything that was done to them. */
export function GenerateStrip({ lab, doc, look, tokenizer, info }: GenerateStripProps) {
  const { maxTokens } = info
  const numbering = useMemo(() => positionIds(doc.sequence, { maxPositions: maxTokens }), [doc.sequence, maxTokens])
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
  const section = useRef<HTMLElement>(null)
  const written = doc.written.length
  // A strip of one line scrolls within itself: what is written stays in view.
  useEffect(() => {
    const line = section.current?.querySelector('.strip-line')
    if (line && written > 0) line.scrollLeft = line.scrollWidth
  }, [written])
  return (
    <StripFrame ref={section} className="lab-strip" label={t('strip')} help={help('strip')}>
      <TokenStrip
        tokens={chips}
        selected={look.selection.map(String)}
        offers={offers}
        {...intents}
        onRestoreOriginal={(keys) => lab.edit((sequence) => restoreOriginal(sequence, keys.map(Number)))}
      />
      {clamped > 0 && (
        <p className="hint" role="status" data-testid="clamped">
          {t('strip.clamped', { count: clamped, last: maxTokens - 1 })}
        </p>
      )}
    </StripFrame>
  )
}

/** Every special kind, those of this vocabulary first and under their own names; the others say that nobody trained them. */
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
