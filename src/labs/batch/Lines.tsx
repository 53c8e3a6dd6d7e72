import { useRef } from 'react'
import { Button } from '../../views/primitives/Button.tsx'
import { IntegerField } from '../../views/primitives/IntegerField.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import type { BatchLab } from './state/lab.ts'
import { type BatchDoc, LIMITS } from './state/settings.ts'
import { CORPORA, MOST_LINES } from './state/source.ts'
import { t } from './words/words.ts'

export interface LinesProps {
  lab: BatchLab
  doc: BatchDoc
  /** What the box for one's own lines shows. */
  text: string
}

const FIRST_SAMPLE = { count: 48, seed: 1 }

/** Where the lines come from: a sample, or one's own, pasted or from a file. */
export function Lines({ lab, doc: { source }, text }: LinesProps) {
  const file = useRef<HTMLInputElement>(null)
  const kinds = [...CORPORA, 'own'] as const
  const choose = (kind: (typeof kinds)[number]) => {
    if (kind === 'own') lab.setSource({ type: 'own', text })
    else {
      const { count, seed } = source.type === 'sample' ? source : FIRST_SAMPLE
      lab.setSource({ type: 'sample', corpus: kind, count, seed })
    }
  }
  return (
    <>
      <Select
        inline
        label={t('lines')}
        testId="corpus"
        value={source.type === 'own' ? 'own' : source.corpus}
        options={kinds.map((value) => ({ value, label: t(`lines.${value}`) }))}
        onChange={choose}
      />
      {source.type === 'sample' ? (
        <>
          <IntegerField
            inline
            label={t('lines.count')}
            value={source.count}
            min={1}
            max={MOST_LINES}
            testId="count"
            onChange={(count) => lab.setSource({ ...source, count }, 'count')}
          />
          <IntegerField
            inline
            label={t('lines.seed')}
            value={source.seed}
            max={LIMITS.seed}
            testId="sample-seed"
            onChange={(seed) => lab.setSource({ ...source, seed }, 'sample seed')}
          />
        </>
      ) : (
        <textarea
          className="batch-lines"
          aria-label={t('lines.own.box')}
          data-testid="lines"
          value={text}
          rows={2}
          dir="auto"
          spellCheck={false}
          placeholder={t('lines.own.hint')}
          onChange={(event) => lab.setText(event.target.value)}
        />
      )}
      <Button small data-testid="choose-lines" title={t('lines.file.hint')} onClick={() => file.current?.click()}>
        {t('lines.file')}
      </Button>
      <input
        ref={file}
        hidden
        type="file"
        accept=".txt,.csv,.jsonl,.ndjson,text/plain,text/csv"
        data-testid="lines-file"
        onChange={({ target }) => {
          const chosen = target.files?.[0]
          if (chosen) void lab.showFile(chosen)
          target.value = ''
        }}
      />
    </>
  )
}
