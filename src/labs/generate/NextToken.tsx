import { useMemo } from 'react'
import { topK } from '../../core/logits.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { Rich } from '../../views/Rich.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { formatPercent } from '../../viz/format.ts'
import { decimal } from '../../words/numbers.ts'
import { Candidates } from './Candidates.tsx'
import { help } from './help/help.ts'
import { type GenerateDoc, type GenerateModel, labelOf } from './state/doc.ts'
import { endOf, type GenerateLab, type Pace } from './state/lab.ts'
import { nextToken } from './state/next_token.ts'
import type { GenerateRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface NextTokenProps {
  lab: GenerateLab
  run: GenerateRun
  /** How the next token is drawn now. */
  doc: GenerateDoc
  tokenizer: TokenizerInfo
  model: GenerateModel
  pace: Pace | null
}

/** So many candidates are listed, beside the one that is drawn. */
const LISTED = 7

/** What comes next: the most probable tokens, which of them is drawn and why, and what this run had to compute. */
export function NextToken({ lab, run, doc, tokenizer, model: of, pace }: NextTokenProps) {
  const next = useMemo(() => nextToken(run, doc), [run, doc])
  const ended = endOf(of, doc)
  const [model, last] = [next.stages[0], next.stages.at(-1)]
  const candidates = useMemo(() => {
    if (!model || !last) return []
    const best = topK(model.probabilities, LISTED).map(({ index }) => index)
    const ids = best.includes(next.draw.token) ? best : [...best.slice(0, -1), next.draw.token]
    return ids.map((id) => ({
      id,
      label: labelOf(tokenizer, id),
      model: model.probabilities[id] as number,
      drawn: last.probabilities[id] as number,
    }))
  }, [model, last, next, tokenizer])
  if (!model || !last) return null
  const said = (id: number, probabilities: Float64Array) => ({
    token: labelOf(tokenizer, id),
    share: formatPercent(probabilities[id] as number),
  })
  const best = said(topK(model.probabilities, 1)[0]?.index as number, model.probabilities)
  const drawn = said(next.draw.token, last.probabilities)
  return (
    <Panel
      help={help('readouts')}
      title={t('next')}
      lead={t('next.lead', { count: model.probabilities.length })}
      testId="readouts"
    >
      {ended && (
        <p className="binary-answer" data-testid="ended" data-ended={ended}>
          {t(`ended.${ended}`, { tokens: of.maxTokens })}
        </p>
      )}
      <Candidates
        candidates={candidates}
        drawn={next.draw.token}
        blocked={ended !== null}
        onAccept={lab.accept}
        onBack={() => lab.takeBack()}
        onRedraw={lab.redraw}
      />
      <p data-testid="draw">
        <Rich
          words={t}
          id={doc.sampling.temperature === 0 ? 'draw.greedy' : 'draw'}
          values={{
            seed: next.seed,
            u: decimal(next.draw.u, 4),
            from: decimal(next.draw.from, 4),
            to: decimal(next.draw.to, 4),
            bestShare: best.share,
            drawnShare: drawn.share,
          }}
          tags={{ best: <b className="mono">{best.token}</b>, drawn: <b className="mono">{drawn.token}</b> }}
        />
      </p>
      <p className="hint" data-testid="rows">
        {run.kept > 0 && <span className="fresh-sign" aria-hidden="true" />}
        {t('rows', { kept: run.kept, computed: run.tokens.length - run.kept })}
        {pace && ` ${t('pace', { rate: decimal((pace.tokens / pace.ms) * 1000, 1) })}`}
      </p>
    </Panel>
  )
}
