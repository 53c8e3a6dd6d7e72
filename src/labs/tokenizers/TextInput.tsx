import { SIZES } from '../../tokenizers/recipe.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { whole } from '../../words/numbers.ts'
import { scriptName } from './script_name.ts'
import { kindName, SAMPLES, type TokenizersDoc } from './state/doc.ts'
import type { TokenizersLab } from './state/lab.ts'
import { SAME_SENTENCE } from './state/same_sentence.ts'
import type { TrainingState } from './state/training.ts'
import { t } from './words/words.ts'

export interface TextInputProps {
  lab: TokenizersLab
  doc: TokenizersDoc
  training: TrainingState
  /** What is on screen was made by another recipe than the document's. */
  stale: boolean
}

const VOCABULARIES = Array.from({ length: Math.log2(SIZES.most / SIZES.least) + 1 }, (_, i) => SIZES.least * 2 ** i)

/** The sentence, what the columns are trained on, and how large their vocabularies are. */
export function TextInput({ lab, doc, training, stale }: TextInputProps) {
  const { corpus, recipe } = doc
  const sizes = VOCABULARIES.includes(recipe.vocabularySize)
    ? VOCABULARIES
    : [...VOCABULARIES, recipe.vocabularySize].sort((a, b) => a - b)
  return (
    <section className="lab-input" aria-label={t('input')}>
      <div className="lab-bar">
        <Select
          inline
          label={t('corpus')}
          testId="corpus"
          value={corpus.type === 'sample' ? corpus.name : 'own'}
          options={[
            ...SAMPLES.map((name) => ({ value: name, label: t(`corpus.${name}`) })),
            { value: 'own' as const, label: t('corpus.own') },
          ]}
          onChange={(name) => {
            if (name === 'own') lab.look({ tool: 'corpus' })
            else lab.setCorpus({ type: 'sample', name })
          }}
        />
        <Select
          inline
          label={t('vocabulary')}
          testId="vocabulary"
          value={String(recipe.vocabularySize)}
          options={sizes.map((size) => ({ value: String(size), label: whole(size) }))}
          onChange={(size) => lab.setRecipe({ vocabularySize: Number(size) })}
        />
        <Segmented
          small
          showLabel
          label={t('specials')}
          testId="specials"
          value={doc.parsesSpecials ? 'parsed' : 'text'}
          options={(['text', 'parsed'] as const).map((value) => ({
            value,
            label: t(`specials.${value}`),
            title: t(`specials.${value}.hint`),
          }))}
          onChange={(value) => lab.setParsesSpecials(value === 'parsed')}
        />
        <TrainingBar lab={lab} training={training} stale={stale} />
      </div>
      <div className="segment-input tokenizers-text">
        <label htmlFor="tokenizers-sentence">{t('sentence')}</label>
        <textarea
          id="tokenizers-sentence"
          data-testid="sentence"
          value={doc.text}
          rows={1}
          dir="auto"
          spellCheck={false}
          onChange={(event) => lab.setText(event.target.value)}
        />
        <Select
          inline
          label={t('sentence.same')}
          testId="same-sentence"
          value={SAME_SENTENCE.find(({ text }) => text === doc.text)?.tag ?? ''}
          options={[
            { value: '', label: t('sentence.own'), disabled: true },
            ...SAME_SENTENCE.map(({ tag }) => ({ value: tag, label: scriptName(tag) })),
          ]}
          onChange={(tag) => {
            const chosen = SAME_SENTENCE.find((one) => one.tag === tag)
            if (chosen) lab.setText(chosen.text)
          }}
        />
      </div>
    </section>
  )
}

/** How far the training is, and a way to stop it or to begin it again. */
function TrainingBar({ lab, training, stale }: Omit<TextInputProps, 'doc'>) {
  if (training.status === 'running') {
    const name = training.kind ? kindName(training.kind) : ''
    return (
      <span className="job" data-testid="training" data-status="running">
        <Button small onClick={lab.stopTraining} data-testid="stop-training">
          {t('training.stop')}
        </Button>
        <progress aria-label={t('training')} value={training.done} max={Math.max(1, training.total)} />
        <span className="hint">{t('training.of', { kind: name })}</span>
      </span>
    )
  }
  if (training.status === 'idle' || !stale) return null
  return (
    <span className="job" data-testid="training" data-status="stopped">
      <Button small onClick={lab.trainAgain}>
        {t('training.again')}
      </Button>
      <span className="hint">{t('training.stopped')}</span>
    </span>
  )
}
