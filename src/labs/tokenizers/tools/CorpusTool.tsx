import { useId } from 'react'
import { Button } from '../../../views/primitives/Button.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatBytes } from '../../../viz/format.ts'
import { whole } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { MOST_CORPUS_BYTES, MOST_LINKED, SAMPLES } from '../state/doc.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

/** Of a sample, so much is shown. */
const SHOWN = 4000

/** The text that is trained on: one's own, pasted or dropped, or a sample. */
export default function CorpusTool({ lab, run }: TokenizerToolProps) {
  const { doc } = useLab(lab.store)
  const id = useId()
  if (!doc) return null
  const { corpus } = doc
  const text = corpus.type === 'own' ? corpus.text : run.trained.text
  const facts = [...run.trained.kinds.values()].find((made) => 'words' in made)
  return (
    <Panel
      help={null}
      title={t('corpus.title')}
      lead={t('corpus.lead', { most: formatBytes(MOST_CORPUS_BYTES) })}
      testId="corpus-tool"
    >
      <div className="row">
        {SAMPLES.map((name) => (
          <Button
            key={name}
            small
            aria-pressed={corpus.type === 'sample' && corpus.name === name}
            onClick={() => lab.setCorpus({ type: 'sample', name })}
          >
            {t(`corpus.${name}`)}
          </Button>
        ))}
      </div>
      <label htmlFor={id}>{t(corpus.type === 'own' ? 'corpus.own' : 'corpus.shown')}</label>
      <textarea
        id={id}
        className="input corpus-text"
        data-testid="corpus-text"
        rows={12}
        spellCheck={false}
        dir="auto"
        value={corpus.type === 'own' ? text : text.slice(0, SHOWN)}
        onChange={(event) => lab.setCorpus({ type: 'own', text: event.target.value }, 'corpus')}
      />
      <p className="hint" data-testid="corpus-facts">
        {facts && 'words' in facts
          ? t('corpus.facts', { running: whole(facts.running), words: whole(facts.words) })
          : t('corpus.no-facts')}
      </p>
      {corpus.type === 'own' && corpus.text.length > MOST_LINKED && <p className="hint">{t('link.no-corpus')}</p>}
    </Panel>
  )
}
