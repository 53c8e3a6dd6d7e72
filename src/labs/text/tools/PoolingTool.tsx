import { useEffect, useMemo, useState } from 'react'
import { cosineMatrix } from '../../../core/vectors.ts'
import { CosineMatrix } from '../../../views/charts/HeatGrid.tsx'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { ErrorBanner } from '../../../views/shell/Banner.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { matrixSvg } from '../../../viz/matrix_svg.ts'
import { centred, closestPair } from '../../../viz/similarity.ts'
import { numbered } from '../../../viz/table.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { labAddress } from '../../shared/lab_address.ts'
import { useLab } from '../../shared/useLab.ts'
import { TEXT_FORMAT } from '../state/link.ts'
import { createSentences, type Embedding, POOLINGS, type Pooling } from '../state/sentences.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'
import { SENTENCE_EXAMPLES } from './sentence_examples.ts'

export const MOST_SENTENCES = 12

/** A list of sentences, each as one vector by four ways of pooling, and how alike they are. */
export default function PoolingTool({ lab, engine }: TextToolProps) {
  const { look, model, tokenizer } = useLab(lab.store)
  const work = useMemo(() => createSentences(engine), [engine])
  const state = useLab(work.store)
  const [isCentred, setCentred] = useState(false)
  const wanted: readonly string[] = look.sentences ?? SENTENCE_EXAMPLES[0].sentences
  useEffect(() => {
    if (model && tokenizer) work.request(model, tokenizer, wanted)
  }, [work, model, tokenizer, wanted])
  const setSentences = (sentences: readonly string[]) => lab.look({ sentences: [...sentences] })
  const example = SENTENCE_EXAMPLES.find(({ sentences }) => sentences.join('\n') === wanted.join('\n'))
  const shown = state.sentences.flatMap((text, s) => {
    const embedding = state.embeddings[s]
    return embedding ? [{ text, embedding }] : []
  })

  return (
    <Panel help={null} title={t('pooling')} lead={t('pooling.lead')} testId="pooling-tool">
      <div className="row">
        <Select
          label={t('pooling.examples')}
          inline
          value={example?.id ?? 'own'}
          options={[
            ...SENTENCE_EXAMPLES.map(({ id }) => ({ value: id, label: t(`pooling.${id}`) })),
            ...(example ? [] : [{ value: 'own', label: t('pooling.own') }]),
          ]}
          onChange={(id) => setSentences(SENTENCE_EXAMPLES.find((one) => one.id === id)?.sentences ?? wanted)}
        />
        <Switch label={t('pooling.centre')} checked={isCentred} onChange={setCentred} testId="centre" />
      </div>
      <ol className="sentences">
        {wanted.map((text, s) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no identity beyond its place
          <li key={s}>
            <input
              className="input"
              aria-label={t('pooling.sentence', { number: s + 1 })}
              data-testid={`sentence-${s}`}
              value={text}
              maxLength={2000}
              onChange={(event) => setSentences(wanted.with(s, event.target.value))}
            />
            <Button
              small
              look="quiet"
              aria-label={t('pooling.remove.of', { number: s + 1 })}
              disabled={wanted.length <= 2}
              onClick={() => setSentences(wanted.toSpliced(s, 1))}
            >
              {t('pooling.remove')}
            </Button>
          </li>
        ))}
      </ol>
      <div className="row">
        <Button
          small
          disabled={wanted.length >= MOST_SENTENCES}
          data-testid="add-sentence"
          onClick={() => setSentences([...wanted, ''])}
        >
          {t('pooling.add')}
        </Button>
        {state.busy && <span className="hint">{t('pooling.busy')}</span>}
      </div>
      {state.problem && <ErrorBanner error={state.problem} />}
      {shown.length >= 2 && (
        <div className="figures" data-testid="cosines">
          {POOLINGS.map((pooling) => (
            <Similarities
              key={pooling}
              pooling={pooling}
              shown={shown}
              isCentred={isCentred}
              model={model?.id ?? ''}
              link={() => labAddress('text', TEXT_FORMAT, lab.link())}
              sentences={state.sentences}
            />
          ))}
        </div>
      )}
      {shown.length < state.sentences.length && <p className="hint">{t('pooling.skipped')}</p>}
    </Panel>
  )
}

interface SimilaritiesProps {
  pooling: Pooling
  shown: readonly { text: string; embedding: Embedding }[]
  isCentred: boolean
  model: string
  link: () => string
  sentences: readonly string[]
}

function Similarities({ pooling, shown, isCentred, model, link, sentences }: SimilaritiesProps) {
  const theme = useTheme()
  const values = useMemo(() => {
    const vectors = shown.map(({ embedding }) => embedding[pooling])
    return cosineMatrix(isCentred ? centred(vectors) : vectors)
  }, [shown, pooling, isCentred])
  const labels = numbered(['', ...shown.map(({ text }) => text)]).slice(1)
  const name = t(isCentred ? `pooling.${pooling}.cosine.centred` : `pooling.${pooling}.cosine`)
  const closest = closestPair(values, shown.length)
  return (
    <Chart
      title={t(`pooling.${pooling}`)}
      lead={t('pooling.closest', {
        how: t(`pooling.${pooling}.how`),
        a: closest.a + 1,
        b: closest.b + 1,
        cosine: decimal(closest.value, 2),
        mean: decimal(closest.mean, 2),
      })}
      made={{ model, link, state: () => ({ sentences, pooling, meanSubtracted: isCentred }) }}
      table={{
        columns: [t('column.sentence'), ...labels],
        rows: labels.map((label, s) => [label, ...values.subarray(s * labels.length, (s + 1) * labels.length)]),
      }}
      svg={() =>
        matrixSvg({
          values,
          rows: labels,
          columns: shown.map((_, s) => String(s + 1)),
          title: name,
          scale: 'diverging',
          theme,
          bound: 1,
        })
      }
      testId={`pooling-${pooling}`}
    >
      <CosineMatrix name={name} labels={labels} values={values} />
    </Chart>
  )
}
