import { useMemo } from 'react'
import { SPECIAL_KINDS } from '../../../core/tokens.ts'
import { replace, restoreOriginal } from '../../../sequence/edit.ts'
import { positionIds, segmentIds } from '../../../sequence/numbering.ts'
import { active, isUntrained } from '../../../sequence/token.ts'
import { TokenStrip } from '../../../views/tokens/TokenStrip.tsx'
import { stripIntents } from '../../shared/intents.ts'
import { StripFrame } from '../../shared/StripFrame.tsx'
import { stripTokens } from '../../shared/tokens.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from './help/help.ts'
import { slotsOf, specialEntry, textOf, untrainedCount, untrainedSlot } from './state/doc.ts'
import type { TextMemory } from './state/lab.ts'
import { t } from './words/words.ts'

const OFFERED = SPECIAL_KINDS.filter((kind) => ['memory', 'cls', 'sep', 'mask', 'pad', 'unk'].includes(kind))

/** Memory tokens and those of the text on one strip, with everything that was done to them. */
export function MemoryStrip({ lab }: { lab: TextMemory }) {
  const { model, doc, tokenizer, look } = useLab(lab.store)
  const chips = useMemo(() => {
    if (!doc || !model) return []
    const text = textOf(doc.sequence)
    const none = slotsOf(doc.sequence).map(() => -1)
    const { positions } = positionIds(text, { maxPositions: model.info.maxTokens })
    const segments = segmentIds(text, model.info.segmentTypes ?? 1)
    const rows = new Map(active(doc.sequence).map(({ key, kind }) => [String(key), kind]))
    const numbered = { positions: [...none, ...positions], segments: [...none, ...segments] }
    return stripTokens(doc.sequence, numbered).map((token) =>
      rows.get(token.key) === 'memory' ? { ...token, position: null, segment: null } : token,
    )
  }, [doc, model])
  if (!doc || !tokenizer) return null
  const intents = stripIntents({
    edit: lab.edit,
    entry: (kind) =>
      kind === 'memory'
        ? untrainedSlot(untrainedCount(doc.sequence.tokens) + 1)
        : specialEntry(tokenizer, kind as (typeof OFFERED)[number]),
    select: (selection) => lab.look({ selection }),
  })
  return (
    <StripFrame className="lab-strip" label={t('strip')} help={help('strip')}>
      <TokenStrip
        tokens={chips}
        selected={look.selection.map(String)}
        offers={OFFERED.map((kind) => {
          const untrained = kind === 'memory' || isUntrained(specialEntry(tokenizer, kind))
          return { kind, ...(untrained && { hint: t('strip.untrained') }) }
        })}
        {...intents}
        onPosition={undefined}
        onReplaceMask={(keys) =>
          lab.edit((sequence) =>
            replace(
              sequence,
              keys.map(Number).filter((key) => sequence.tokens.some((one) => one.key === key && one.kind !== 'memory')),
              specialEntry(tokenizer, 'mask'),
            ),
          )
        }
        onRestoreOriginal={(keys) => lab.edit((sequence) => restoreOriginal(sequence, keys.map(Number)))}
      />
    </StripFrame>
  )
}
