import { useMemo } from 'react'
import { setStart } from '../../../sequence/edit.ts'
import { isUntrained } from '../../../sequence/token.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { StartVectorEditor } from '../../../views/tokens/StartVectorEditor.tsx'
import { useLab } from '../../shared/useLab.ts'
import { vocabularyOf } from '../vocabulary.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** The vector that the selected tokens start from: replaced, scaled, or chosen where nobody trained one. */
export default function EmbeddingTool({ lab }: TextToolProps) {
  const { look, doc, tokenizer } = useLab(lab.store)
  const vocabulary = useMemo(() => tokenizer && vocabularyOf(tokenizer), [tokenizer])
  const tokens = doc?.sequence.tokens.filter(({ key }) => look.selection.includes(key)) ?? []
  const first = tokens[0]
  if (!first || !vocabulary) {
    return (
      <Panel title={t('tool.embedding')} testId="embedding-tool">
        <p className="hint">{t('embedding.none')}</p>
      </Panel>
    )
  }
  const { id, label } = first
  const own = id === null ? [] : [{ id, label }]
  const others = vocabulary.suggestions.filter((one) => one.id !== id)
  return (
    <Panel
      title={tokens.length === 1 ? t('embedding.of', { token: label }) : t('embedding.many', { count: tokens.length })}
      lead={t('embedding.lead')}
      testId="embedding-tool"
    >
      <StartVectorEditor
        // An editor starts again with the token it is about.
        key={first.key}
        value={first.start}
        trained={tokens.every((token) => token.id !== null)}
        onChange={(start) =>
          lab.edit((sequence) =>
            setStart(
              sequence,
              tokens.map(({ key }) => key),
              start,
            ),
          )
        }
        {...vocabulary}
        suggestions={[...own, ...others]}
      />
      {isUntrained(first) && <p className="hint">{t('embedding.untrained')}</p>}
    </Panel>
  )
}
