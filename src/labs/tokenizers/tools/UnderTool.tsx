import { useMemo } from 'react'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { ProbabilityBars } from '../../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { ModelPicker } from '../../shared/ModelPicker.tsx'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { shortened } from '../reasons.ts'
import { NEEDS } from '../state/lab.ts'
import { isGood } from '../state/run.ts'
import { type HeldScore, scoreHeld } from '../state/under_score.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

/** Held-out unknowns that are asked about. */
const ASKED = 100

/** What a text model expects under the unknown words: here, and over a hundred of held-out text. */
export default function UnderTool({ lab, engine, ownModels, run }: TokenizerToolProps) {
  const { model, tokenizer } = useLab(lab.store)
  const column = run.columns[run.column]
  const key = isGood(column) ? column.key : null
  const of = useMemo(() => ({ key, text: run.trained.text, model }), [key, run.trained.text, model])
  const job = useJob<HeldScore>(async (step) => {
    if (!model || !tokenizer || key === null) throw new Error('there is no column to ask')
    const unknowns = await lab.worker.call('unknowns', { column: key, text: run.trained.text, most: ASKED })
    return scoreHeld({ engine, model, tokenizer }, unknowns, step)
  }, of)
  return (
    <Panel help={null} title={t('under')} lead={t('under.lead', { column: column?.name ?? '' })} testId="under-tool">
      {model && (
        <ModelPicker
          small
          engine={engine}
          needs={NEEDS}
          chosen={model.id}
          onChoose={lab.setModel}
          ownModels={ownModels}
        />
      )}
      <JobBar
        action={t('under.ask', { count: ASKED })}
        status={job.status}
        done={job.done}
        total={job.total}
        problem={job.problem}
        onStart={job.start}
        onStop={job.stop}
        testId="under-job"
      />
      {job.result && <Score score={job.result} isWhole={job.status === 'done'} />}
      {run.predictions.length === 0 && <p className="hint">{t('under.none')}</p>}
      {run.left > 0 && <p className="hint">{t('under.left', { count: run.left })}</p>}
      {run.predictions.map(({ start, end, best, original }) => (
        <div key={start} data-testid="under-word">
          <ProbabilityBars
            title={t('under.word', { word: shortened(run.doc.text.slice(start, end)) })}
            items={best.map(({ label, probability }) => ({ label, probability }))}
          />
          <p className="hint">
            {original
              ? t('under.rank', { rank: original.rank, probability: formatPercent(original.probability) })
              : t('under.several')}
          </p>
        </div>
      ))}
    </Panel>
  )
}

function Score({ score, isWhole }: { score: HeldScore; isWhole: boolean }) {
  const { asked, judged, amongFive, first, lines } = score
  return (
    <div data-testid="under-score">
      <p>
        {judged === 0
          ? t('under.score.none', { asked })
          : t('under.score', { asked, judged, amongFive, first, share: formatPercent(amongFive / judged) })}
      </p>
      {isWhole && asked < ASKED && <p className="hint">{t('under.fewer', { asked })}</p>}
      <table className="table table-wraps">
        <caption className="sr-only">{t('under')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('under.hidden')}</th>
            <th scope="col">{t('under.rank.head')}</th>
            <th scope="col">{t('under.expected')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ word, rank, best }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word can be asked about twice
            <tr key={i}>
              <th scope="row" className="mono">
                {word}
              </th>
              <td className="mono">{rank ?? '–'}</td>
              <td className="mono">{best.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
