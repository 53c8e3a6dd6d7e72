import { useState } from 'react'
import { Button } from '../../../views/primitives/Button.tsx'
import { ProbabilityBars } from '../../../views/readouts/ProbabilityBars.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { layerName } from '../../../viz/names.ts'
import { originalText } from '../../shared/tokens.ts'
import { mostRead, type Prediction } from '../state/masked_words.ts'
import type { TextRun } from '../state/run.ts'
import { t } from '../words/words.ts'

const MOST_READ = 6

export interface MaskedWordsProps {
  run: TextRun
  predictions: readonly Prediction[]
  /** The vocabulary's spelling of every id. */
  labels: readonly string[]
}

/** Every predicted token with the rank of what stood there; one of them in detail. */
export function MaskedWords({ run, predictions, labels }: MaskedWordsProps) {
  const [chosenKey, setChosenKey] = useState<number | null>(null)
  const chosen = predictions.find(({ token }) => token.key === chosenKey) ?? predictions[0]
  const word = (id: number) => labels[id] ?? `#${id}`
  return (
    <div className="masked-words">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('mlm.table')}>
        <table className="table table-wraps" data-testid="mlm-table">
          <thead>
            <tr>
              <th scope="col">{t('mlm.table.original')}</th>
              <th scope="col">{t('mlm.table.seen')}</th>
              <th scope="col">{t('mlm.table.rank')}</th>
              <th scope="col">{t('mlm.table.probability')}</th>
              <th scope="col">{t('mlm.table.best')}</th>
            </tr>
          </thead>
          <tbody>
            {predictions.map(({ token, original, best }) => (
              <tr key={token.key} data-right={original?.rank === 1 || undefined}>
                <th scope="row">
                  <Button
                    small
                    className="mono"
                    aria-pressed={token.key === chosen?.token.key}
                    onClick={() => setChosenKey(token.key)}
                  >
                    {originalText(token) ?? t('mlm.inserted')}
                  </Button>
                </th>
                <td>{token.label}</td>
                <td>{original?.rank ?? '–'}</td>
                <td>{original ? formatPercent(original.probability) : '–'}</td>
                <td>{best[0] && `${word(best[0].id)} ${formatPercent(best[0].probability)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {chosen && (
        <div className="masked-detail">
          <ProbabilityBars
            title={t('mlm.instead', { word: originalText(chosen.token) ?? chosen.token.label })}
            items={chosen.best.map(({ id, probability }) => ({ label: word(id), probability }))}
            top={chosen.best.length}
          />
          <WhatItReads run={run} row={chosen.row} />
        </div>
      )}
    </div>
  )
}

/** What one token reads in every layer, by the mean of the heads. */
function WhatItReads({ run, row }: { run: TextRun; row: number }) {
  return (
    <section className="readout" data-testid="mask-reads">
      <h3>{t('mlm.reads', { token: run.tokens[row]?.label ?? '' })}</h3>
      <p className="hint">{t('mlm.reads.mean')}</p>
      <ol className="layer-reads">
        {run.result.attentions.map((map, layer) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index
          <li key={layer}>
            <span className="hint">{layerName(layer)}</span>
            {map ? (
              mostRead(map.data, run.result.tokens, row, MOST_READ)
                .filter(({ value }) => value > 0)
                .map(({ index, value }) => (
                  <span key={index} className="layer-read">
                    <span className="stamp" data-kind={run.tokens[index]?.kind}>
                      {run.tokens[index]?.label}
                    </span>{' '}
                    <span className="mono">{formatPercent(value)}</span>
                  </span>
                ))
            ) : (
              <span className="hint">{t('mlm.reads.missing')}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
