import { setStart } from '../../../sequence/edit.ts'
import { EmbeddingEditor } from '../../shared/embedding/EmbeddingEditor.tsx'
import { useLab } from '../../shared/useLab.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

/** The vector that the selected tokens start from. */
export default function EmbeddingTool({ lab }: GenerateToolProps) {
  const { look, doc, tokenizer } = useLab(lab.store)
  return (
    doc &&
    tokenizer && (
      <EmbeddingEditor
        title={t('tool.embedding')}
        tokens={doc.sequence.tokens.filter(({ key }) => look.selection.includes(key))}
        tokenizer={tokenizer}
        onStart={(keys, start) => lab.edit((sequence) => setStart(sequence, keys, start))}
      />
    )
  )
}
