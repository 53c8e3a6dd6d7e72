import { useMemo } from 'react'
import { replace, restoreOriginal } from '../../../sequence/edit.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Rich } from '../../../views/Rich.tsx'
import { ProbabilityBars } from '../../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { coverageOf } from '../state/coverage.ts'
import { specialEntry } from '../state/doc.ts'
import { predictionsOf } from '../state/masked_words.ts'
import { allMasked } from '../state/variants.ts'
import { useVariations } from '../useVariations.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

const MOST = 24 // unknowns that are listed

/** What the vocabulary does not know, and what the model would have expected there. */
export default function UnkTool({ lab, engine, run }: TextToolProps) {
  const { model, tokenizer } = useLab(lab.store)
  const { pieces, words, unknown } = useMemo(() => coverageOf(run.doc), [run])
  const variants = useMemo(() => {
    const keys = unknown.map(({ key }) => key)
    return tokenizer && keys.length > 0 ? { masked: allMasked(run.doc, keys, specialEntry(tokenizer, 'mask')) } : null
  }, [run, unknown, tokenizer])
  const { masked } = useVariations(engine, model, variants).runs
  const predictions = useMemo(
    () => new Map(masked ? predictionsOf(masked, 5).map((one) => [one.token.key, one.best]) : []),
    [masked],
  )
  if (!tokenizer) return null
  return (
    <Panel help={null} title={t('unk')} lead={t('unk.lead')} testId="unk-tool">
      <p data-testid="coverage">
        <Rich
          words={t}
          // Where there are words, there are pieces.
          id={words > 0 ? 'unk.coverage.rates' : 'unk.coverage'}
          values={{
            pieces,
            words,
            unknown: unknown.length,
            rate: decimal(pieces / words, 2),
            share: `${decimal((100 * unknown.length) / pieces, 1)} %`,
          }}
          tags={{ b: <strong />, rate: <strong className="mono" /> }}
        />
      </p>
      {unknown.length === 0 && (
        <div className="row">
          <p className="hint">{t('unk.none')}</p>
          <Button small onClick={() => lab.setText(0, 'I saw a 🦄 in the garden.')} data-testid="unk-example">
            {t('unk.example')}
          </Button>
        </div>
      )}
      <ul className="unknowns">
        {unknown.slice(0, MOST).map((token) => {
          const best = predictions.get(token.key)
          const isReplaced = token.original !== undefined
          return (
            <li key={token.key} data-testid="unknown">
              <p className="row">
                <span className="stamp" data-kind={token.kind}>
                  {token.label}
                </span>
                <strong className="unknown-text">{token.text || t('unk.invisible')}</strong>
                <Button
                  small
                  onClick={() =>
                    lab.edit((sequence) =>
                      isReplaced
                        ? restoreOriginal(sequence, [token.key])
                        : replace(sequence, [token.key], specialEntry(tokenizer, 'mask')),
                    )
                  }
                >
                  {isReplaced ? t('unk.back') : t('unk.replace')}
                </Button>
              </p>
              {best && (
                <ProbabilityBars
                  title={t('unk.under')}
                  items={best.map(({ id, probability }) => ({ label: tokenizer.labels[id] ?? `#${id}`, probability }))}
                />
              )}
            </li>
          )
        })}
      </ul>
      {unknown.length > MOST && <p className="hint">{t('unk.more', { count: unknown.length - MOST })}</p>}
    </Panel>
  )
}
