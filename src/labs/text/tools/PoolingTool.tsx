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
import { Chart } from '../../shared/Chart.tsx'
import { useLab } from '../../shared/useLab.ts'
import { createSentences, type Embedding, POOLINGS, type Pooling } from '../state/sentences.ts'
import type { TextToolProps } from './props.ts'
import { SENTENCE_EXAMPLES } from './sentence_examples.ts'

export const MOST_SENTENCES = 12

const TITLES: Record<Pooling, { title: string; how: string }> = {
  cls: { title: '[CLS]', how: 'The last hidden state of [CLS].' },
  mean: { title: 'Mean', how: 'The mean of the content tokens, special tokens left out.' },
  max: { title: 'Max', how: 'In each dimension the largest of the content tokens.' },
  attention: {
    title: 'Attention',
    how: 'Content tokens weighted by how much [CLS] reads them in the last layer (mean of heads): BERT has no trained query for this.',
  },
}

/** A list of sentences, each as one vector by four ways of pooling, and how alike they are. */
export function PoolingTool({ lab, engine }: TextToolProps) {
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
    <Panel
      title="One vector for a sentence"
      lead="BERT gives a vector a token. Four ways to make one of them all, and what each calls alike."
      testId="pooling-tool"
    >
      <div className="row">
        <Select
          label="Examples"
          inline
          value={example?.id ?? 'own'}
          options={[
            ...SENTENCE_EXAMPLES.map(({ id, title }) => ({ value: id, label: title })),
            ...(example ? [] : [{ value: 'own', label: 'your own' }]),
          ]}
          onChange={(id) => setSentences(SENTENCE_EXAMPLES.find((one) => one.id === id)?.sentences ?? wanted)}
        />
        <Switch label="Subtract the mean of the list first" checked={isCentred} onChange={setCentred} testId="centre" />
      </div>
      <ol className="sentences">
        {wanted.map((text, s) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no identity beyond its place
          <li key={s}>
            <input
              className="input"
              aria-label={`Sentence ${s + 1}`}
              data-testid={`sentence-${s}`}
              value={text}
              maxLength={2000}
              onChange={(event) => setSentences(wanted.with(s, event.target.value))}
            />
            <Button
              small
              look="quiet"
              aria-label={`Remove sentence ${s + 1}`}
              disabled={wanted.length <= 2}
              onClick={() => setSentences(wanted.toSpliced(s, 1))}
            >
              Remove
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
          Add a sentence
        </Button>
        {state.busy && <span className="hint">Embedding…</span>}
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
              sentences={state.sentences}
            />
          ))}
        </div>
      )}
      {shown.length < state.sentences.length && <p className="hint">Sentences without a word are left out.</p>}
    </Panel>
  )
}

interface SimilaritiesProps {
  pooling: Pooling
  shown: readonly { text: string; embedding: Embedding }[]
  isCentred: boolean
  model: string
  sentences: readonly string[]
}

function Similarities({ pooling, shown, isCentred, model, sentences }: SimilaritiesProps) {
  const theme = useTheme()
  const values = useMemo(() => {
    const vectors = shown.map(({ embedding }) => embedding[pooling])
    return cosineMatrix(isCentred ? centred(vectors) : vectors)
  }, [shown, pooling, isCentred])
  const { title, how } = TITLES[pooling]
  const labels = numbered(['', ...shown.map(({ text }) => text)]).slice(1)
  const name = `Cosine of ${title} vectors${isCentred ? ', mean subtracted' : ''}`
  const closest = closestPair(values, shown.length)
  return (
    <Chart
      title={`${title} pooling`}
      lead={`${how} Closest: ${closest.a + 1} and ${closest.b + 1} (${closest.value.toFixed(2)}); all pairs on average ${closest.mean.toFixed(2)}.`}
      made={{ model, state: () => ({ sentences, pooling, meanSubtracted: isCentred }) }}
      table={{
        columns: ['sentence', ...labels],
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
