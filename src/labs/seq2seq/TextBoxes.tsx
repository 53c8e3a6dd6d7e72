import type { ReactNode } from 'react'
import { Button } from '../../views/primitives/Button.tsx'
import { useLab } from '../shared/useLab.ts'
import { cutText, type Seq2SeqDoc, textOf } from './state/doc.ts'
import type { Seq2SeqLab } from './state/lab.ts'
import { t } from './words/words.ts'

export interface TextBoxesProps {
  lab: Seq2SeqLab
  doc: Seq2SeqDoc
  maxTokens: number
  modelPicker: ReactNode
}

const SHOWN = 90 // characters of what was cut

/** What the encoder reads and what the decoder is to write: the model's own output, until another is typed. */
export function TextBoxes({ lab, doc, maxTokens, modelPicker }: TextBoxesProps) {
  const { texts, run } = useLab(lab.store)
  const cut = cutText(doc)
  const target = texts.target ?? textOf((doc.target?.sequence ?? run?.target)?.tokens ?? [])
  return (
    <section className="lab-input" aria-label={t('input')}>
      <div className="seq2seq-input">
        {modelPicker}
        <div className="segment-input">
          <label htmlFor="source-text">{t('source')}</label>
          <textarea
            id="source-text"
            data-testid="source-text"
            data-undo="lab"
            value={texts.source}
            rows={1}
            dir="auto"
            spellCheck={false}
            onChange={(event) => lab.setText('source', event.target.value)}
          />
        </div>
        <div className="segment-input">
          <label htmlFor="target-text">{t(doc.target ? 'target.given' : 'target.written')}</label>
          <textarea
            id="target-text"
            data-testid="target-text"
            data-undo="lab"
            value={target}
            rows={1}
            dir="auto"
            spellCheck={false}
            title={t('target.hint')}
            onChange={(event) => lab.setText('target', event.target.value)}
          />
          <Button
            small
            disabled={!doc.target}
            title={t('target.write.hint')}
            data-testid="write"
            onClick={() => lab.setTarget(null)}
          >
            {t('target.write')}
          </Button>
        </div>
      </div>
      {cut && (
        <p className="note" role="status" data-testid="truncation">
          <strong>{t('cut', { count: cut.pieces })}</strong> {t('cut.limit', { count: maxTokens })}{' '}
          <del>{cut.text.length > SHOWN ? `${cut.text.slice(0, SHOWN)} …` : cut.text}</del>
        </p>
      )}
      {doc.text.trim() === '' && (
        <p className="hint" role="status" data-testid="empty-source">
          {t('source.empty')}
        </p>
      )}
    </section>
  )
}
