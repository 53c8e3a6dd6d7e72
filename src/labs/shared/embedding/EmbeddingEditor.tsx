import { useMemo } from 'react'
import type { StartVector } from '../../../core/tokens.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { isUntrained, type Token } from '../../../sequence/token.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { StartVectorEditor } from '../../../views/tokens/StartVectorEditor.tsx'
import { vocabularyOf } from './vocabulary.ts'
import { t } from './words/words.ts'

export interface EmbeddingEditorProps {
  title: string
  /** The selected ones. */
  tokens: readonly Token[]
  tokenizer: TokenizerInfo
  onStart: (keys: number[], start: StartVector | undefined) => void
}

/** The vector that the selected tokens start from: replaced, scaled, or chosen where nobody trained one. */
export function EmbeddingEditor({ title, tokens, tokenizer, onStart }: EmbeddingEditorProps) {
  const vocabulary = useMemo(() => vocabularyOf(tokenizer), [tokenizer])
  const first = tokens[0]
  if (!first) {
    return (
      <Panel help={null} title={title} testId="embedding-tool">
        <p className="hint">{t('none')}</p>
      </Panel>
    )
  }
  const { id, label } = first
  const own = id === null ? [] : [{ id, label }]
  const others = vocabulary.suggestions.filter((one) => one.id !== id)
  return (
    <Panel
      help={null}
      title={tokens.length === 1 ? t('of', { token: label }) : t('many', { count: tokens.length })}
      lead={t('lead')}
      testId="embedding-tool"
    >
      <StartVectorEditor
        // An editor starts again with the token it is about.
        key={first.key}
        value={first.start}
        trained={tokens.every((token) => token.id !== null)}
        onChange={(start) =>
          onStart(
            tokens.map(({ key }) => key),
            start,
          )
        }
        {...vocabulary}
        suggestions={[...own, ...others]}
      />
      {isUntrained(first) && <p className="hint">{t('untrained')}</p>}
    </Panel>
  )
}
