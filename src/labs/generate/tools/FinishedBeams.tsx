import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { lengthOf } from '../../../engine/search.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { type BeamRun, type Ranked, type Ranking, searchPlan } from '../state/experiments/beams.ts'
import { textOf } from './experiment.ts'
import { ScrollTable } from './ScrollTable.tsx'
import { t } from './words/words.ts'

export interface FinishedBeamsProps {
  found: Ranked
  beams: BeamRun
  ranking: Ranking
  tokenizer: TokenizerInfo
  made: Provenance
  /** Absent where the text on screen is another one by now. */
  onOpen?: (node: { tokens: number[] }) => void
  onSelect: (tokens: number[]) => void
}

/** The texts that ended, in their order under the penalty, beside the greedy one. */
export function FinishedBeams({ found, beams, ranking, tokenizer, made, onOpen, onSelect }: FinishedBeamsProps) {
  const { plan, endTokens, greedy } = beams
  const search = searchPlan(plan, endTokens, ranking)
  const [best] = found.finished
  const isGreedy = (tokens: number[]) => tokens.join() === greedy.tokens.join()
  const rows = found.finished.map(({ tokens, score }, i) => ({
    rank: String(i + 1),
    tokens,
    score,
    sum: score * lengthOf(tokens, search) ** ranking.lengthPenalty,
    ends: endTokens.includes(tokens.at(-1) as number),
    greedy: isGreedy(tokens),
  }))
  if (!rows.some((row) => row.greedy)) {
    const ends = endTokens.includes(greedy.tokens.at(-1) as number)
    rows.push({ rank: '–', tokens: greedy.tokens, score: found.greedy.score, sum: greedy.score, ends, greedy: true })
  }
  const columns = [
    t('beams.rank'),
    t('beams.text'),
    t('beams.length'),
    t('beams.sum'),
    t('beams.score'),
    t('beams.how'),
  ]
  const how = (ends: boolean) => t(ends ? 'beams.how.end' : 'beams.how.cut')
  return (
    <Chart
      title={t('beams.finished')}
      lead={t('beams.finished.lead', { penalty: decimal(ranking.lengthPenalty, 1) })}
      made={made}
      formats={['csv', 'json']}
      table={{
        columns,
        rows: rows.map(({ rank, tokens, sum, score, ends }) => [
          rank,
          textOf(tokenizer, tokens),
          tokens.length,
          sum,
          score,
          how(ends),
        ]),
      }}
      testId="beam-finished"
    >
      {!best && <p>{t('beams.none')}</p>}
      {best && found.finished.length < plan.beams && <p>{t('beams.few', { count: found.finished.length })}</p>}
      {best && (
        <p data-testid="beam-greedy">
          {compared(rows[0]?.sum as number, best.score, greedy.score, found.greedy.score, isGreedy(best.tokens))}
        </p>
      )}
      <ScrollTable name={t('beams.finished')} columns={[...columns, t('beams.open')]} className="table-wraps">
        {rows.map((row) => (
          <tr key={row.tokens.join()} data-greedy={row.greedy || undefined}>
            <th scope="row">{row.greedy ? `${row.rank} · ${t('beams.greedy')}` : row.rank}</th>
            <td className="beam-prefix">{textOf(tokenizer, row.tokens)}</td>
            <td className="mono">{row.tokens.length}</td>
            <td className="mono">{decimal(row.sum, 3)}</td>
            <td className="mono">{decimal(row.score, 3)}</td>
            <td>{how(row.ends)}</td>
            <td>
              <Button
                small
                disabled={!onOpen}
                data-testid="beam-finished-open"
                onClick={() => {
                  onSelect(row.tokens)
                  onOpen?.(row)
                }}
              >
                {t('beams.open')}
              </Button>
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Chart>
  )
}

/** Greedy against the best beam, in numbers. */
function compared(best: number, bestScore: number, greedy: number, greedyScore: number, isSame: boolean): string {
  const values = {
    best: decimal(best, 3),
    bestScore: decimal(bestScore, 3),
    greedy: decimal(greedy, 3),
    greedyScore: decimal(greedyScore, 3),
    ratio: ratioOf(Math.exp(Math.abs(best - greedy))),
  }
  if (isSame) return t('beams.same', values)
  return t(best >= greedy ? 'beams.better' : 'beams.likelier', values)
}

function ratioOf(ratio: number): string {
  if (ratio >= 1e6) return '> 10⁶'
  return decimal(ratio, ratio < 10 ? 2 : 0)
}
