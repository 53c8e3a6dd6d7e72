import { type ReactNode, useMemo } from 'react'
import { Button } from '../../views/primitives/Button.tsx'
import { IntegerField } from '../../views/primitives/IntegerField.tsx'
import { Rich } from '../../views/Rich.tsx'
import { droppedText, type GenerateDoc, type GenerateModel } from './state/doc.ts'
import { endOf, type GenerateLab } from './state/lab.ts'
import { MAX_SEED } from './state/limits.ts'
import { t } from './words/words.ts'

export interface WritingInputProps {
  lab: GenerateLab
  modelPicker: ReactNode
  doc: GenerateDoc
  /** What the text box shows. */
  prompt: string
  model: GenerateModel
  writing: boolean
  /** Whether there is a run to go on from. */
  canWrite: boolean
}

const SHOWN = 90 // characters of what was dropped

/** The prompt, and what makes the model go on from it. */
export function WritingInput({ lab, modelPicker, doc, prompt, model, writing, canWrite }: WritingInputProps) {
  const dropped = useMemo(() => droppedText(doc), [doc])
  const ended = endOf(model, doc)
  return (
    <section className="lab-input" aria-label={t('input')}>
      <div className="lab-bar">
        {modelPicker}
        <div className="row writing-keys">
          {writing ? (
            <Button small look="main" data-testid="stop" onClick={() => lab.stop()}>
              {t('stop')}
            </Button>
          ) : (
            <Button
              small
              look="main"
              data-testid="write"
              disabled={!canWrite || ended !== null}
              onClick={() => void lab.write(model.maxTokens)}
            >
              {t('write')}
            </Button>
          )}
          <Button
            small
            data-testid="write-one"
            disabled={!canWrite || ended !== null || writing}
            onClick={() => void lab.write(1)}
          >
            {t('write.one')}
          </Button>
          <Button small data-testid="take-back" disabled={doc.written.length === 0} onClick={() => lab.takeBack()}>
            {t('take.back')}
          </Button>
          <Button small data-testid="take-all" disabled={doc.written.length === 0} onClick={() => lab.takeBack(0)}>
            {t('take.all')}
          </Button>
          <IntegerField inline label={t('seed')} value={doc.seed} max={MAX_SEED} testId="seed" onChange={lab.setSeed} />
        </div>
      </div>
      <div className="segments">
        <div className="segment-input">
          <label htmlFor="prompt">{t('prompt')}</label>
          <textarea
            id="prompt"
            data-testid="prompt"
            value={prompt}
            rows={1}
            dir="auto"
            spellCheck={false}
            onChange={(event) => lab.setPrompt(event.target.value)}
          />
        </div>
      </div>
      {dropped !== null && (
        <div className="note" role="status" data-testid="dropped">
          <p>
            <strong>{t('dropped', { count: doc.dropped })}</strong>{' '}
            <Rich
              words={t}
              id="dropped.why"
              values={{ tokens: model.maxTokens }}
              tags={{ text: <del>{dropped.length > SHOWN ? `… ${dropped.slice(-SHOWN)}` : dropped}</del> }}
            />
          </p>
        </div>
      )}
    </section>
  )
}
