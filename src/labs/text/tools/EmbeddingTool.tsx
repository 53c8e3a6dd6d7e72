import { useMemo } from 'react'
import { setStart } from '../../../sequence/edit.ts'
import { isUntrained } from '../../../sequence/token.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { StartVectorEditor } from '../../../views/tokens/StartVectorEditor.tsx'
import { useLab } from '../../shared/useLab.ts'
import { vocabularyOf } from '../vocabulary.ts'
import type { TextToolProps } from './props.ts'

/** The vector that the selected tokens start from: replaced, scaled, or chosen where nobody trained one. */
export function EmbeddingTool({ lab }: TextToolProps) {
  const { look, doc, tokenizer } = useLab(lab.store)
  const vocabulary = useMemo(() => tokenizer && vocabularyOf(tokenizer), [tokenizer])
  const tokens = doc?.sequence.tokens.filter(({ key }) => look.selection.includes(key)) ?? []
  const first = tokens[0]
  if (!first || !vocabulary) {
    return (
      <Panel title="Embedding" testId="embedding-tool">
        <p className="hint">Select one or more tokens in the strip to choose the vectors they start from.</p>
      </Panel>
    )
  }
  const { id, label } = first
  const own = id === null ? [] : [{ id, label }]
  const others = vocabulary.suggestions.filter((one) => one.id !== id)
  return (
    <Panel
      title={tokens.length === 1 ? `Embedding of ${label}` : `Embedding of ${tokens.length} tokens`}
      lead="The word embedding that goes in; position and segment are added as usual. Copy a token onto itself to scale it."
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
      {isUntrained(first) && (
        <p className="hint">Nobody trained this vector: what the model makes of it is an experiment.</p>
      )}
    </Panel>
  )
}
