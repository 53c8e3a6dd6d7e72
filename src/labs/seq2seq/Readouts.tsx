import { topK } from '../../core/logits.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { active } from '../../sequence/token.ts'
import { CopyButton } from '../../views/primitives/CopyButton.tsx'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { formatPercent, formatValue } from '../../viz/format.ts'
import { decimal } from '../../words/numbers.ts'
import { help } from './help/help.ts'
import { textOf } from './state/doc.ts'
import type { Lit } from './state/lit.ts'
import { outputsOf, totalLogP } from './state/outputs.ts'
import { MOST_WRITTEN, type Seq2SeqRun } from './state/run.ts'
import { t } from './words/words.ts'

const CANDIDATES = 4
const SOURCES = 3

export interface ReadoutsProps {
  run: Seq2SeqRun
  before: Seq2SeqRun | null
  lit: Lit
  tokenizer: TokenizerInfo
  /** The run as Python code. */
  python: () => Promise<string>
}

/** What was written, how likely it is, and of one output token its rivals and its source. */
export function Readouts({ run, before, lit, tokenizer, python }: ReadoutsProps) {
  const outputs = outputsOf(run)
  const { sum, tokens, outside } = totalLogP(run)
  const text = textOf(run.target.tokens.filter(({ status }) => status !== 'removed'))
  const row = lit.row ?? run.rows.findIndex(({ counts }) => counts)
  const output = outputs[row]
  const written = run.rows[row]?.writes
  const earlier = before && sameTarget(before, run) ? outputsOf(before)[row] : undefined
  const wrong = run.rows.filter(({ counts, writes }, r) => counts && outputs[r]?.best !== writes?.id).length
  return (
    <Panel
      help={help('readouts')}
      title={t('readouts')}
      testId="readouts"
      actions={<CopyButton small label={t('python.copy')} text={python} testId="copy-python" />}
    >
      <section className="readout" data-testid="output">
        <h3>{t(run.doc.target ? 'readouts.given' : 'readouts.written')}</h3>
        <p className="binary-answer seq2seq-output" data-testid="output-text">
          {text === '' ? <em>{t('readouts.empty')}</em> : text}
        </p>
        <p className="hint" data-testid="output-log-p">
          {outside > 0
            ? t('readouts.log-p.none', { outside })
            : t('readouts.log-p', {
                sum: formatValue(sum),
                tokens,
                each: decimal(tokens ? Math.exp(sum / tokens) * 100 : 0, 1),
              })}
          {run.doc.target && wrong > 0 && ` ${t('readouts.others', { count: wrong })}`}
          {!run.doc.target && ` ${ending(run)}`}
        </p>
      </section>
      {output && written && (
        <ProbabilityBars
          title={t('readouts.row', { row: row + 1, token: written.label })}
          items={topK(output.probabilities, CANDIDATES).map(({ index, value }) => ({
            label: `${tokenizer.labels[index] ?? `#${index}`}`,
            probability: value,
            before: earlier?.probabilities[index],
          }))}
          top={CANDIDATES}
        />
      )}
      {written && lit.shares && (
        <section className="readout" data-testid="sources">
          <h3>{t('readouts.reads', { token: written.label })}</h3>
          <ol className="bars">
            {topK(lit.shares, SOURCES).map(({ index, value }) => {
              const token = run.read[index]
              return (
                token && (
                  <li key={token.key} className="bar-row" data-kind={token.kind}>
                    <span className="bar-label">{token.label}</span>
                    <span className="bar-track" aria-hidden="true">
                      <span className="bar-fill" style={{ inlineSize: `${value * 100}%` }} />
                    </span>
                    <span className="bar-value mono">{formatPercent(value)}</span>
                  </li>
                )
              )
            })}
          </ol>
        </section>
      )}
    </Panel>
  )
}

/** How the model's own output ended. */
function ending({ target }: Seq2SeqRun): string {
  const tokens = active(target)
  if (tokens.at(-1)?.kind !== 'eos') return t('readouts.endless', { count: MOST_WRITTEN })
  return tokens.length === 2 ? t('readouts.at-once') : t('readouts.ends')
}

function sameTarget(a: Seq2SeqRun, b: Seq2SeqRun): boolean {
  const ids = ({ rows }: Seq2SeqRun) => rows.map(({ writes }) => writes?.id).join(' ')
  return ids(a) === ids(b)
}
