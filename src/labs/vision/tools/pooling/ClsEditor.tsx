import { useMemo } from 'react'
import { clsScale, clsTokens, setClsCount, setClsScale } from '../../../../sequence/cls.ts'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { ReadoutComparison } from '../../../../views/readouts/ReadoutComparison.tsx'
import { saidInFull } from '../../../../words/errors.ts'
import { exact } from '../../../../words/numbers.ts'
import { useLab } from '../../../shared/useLab.ts'
import { compareClasses } from '../../comparison.ts'
import { useVariants } from '../../useVariants.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

const CLS = { kind: 'cls', id: 0, label: '[CLS]' } as const
const COUNTS = [0, 1, 2, 4, 8]
/** A logarithmic slider from × 0.1 to × 50; scales a person can name. */
const SCALES = [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50]

const columns = () => [
  { id: 'trained', title: t('cls.one'), hint: t('cls.one.hint') },
  { id: 'none', title: t('cls.no'), hint: t('cls.no.hint') },
  { id: 'four', title: t('cls.four'), hint: t('cls.four.hint') },
  { id: 'short', title: t('cls.times', { scale: exact(0.1) }) },
  { id: 'long', title: t('cls.times', { scale: 50 }) },
]

/** How many CLS tokens, from what start vector; and the answers of every choice side by side. */
export function ClsEditor({ lab, engine, run }: VisionToolProps) {
  const { doc } = useLab(lab.store)
  const variants = useMemo(() => {
    const { sequence } = run.doc
    const one = setClsScale(setClsCount(sequence, 1, CLS), 1)
    return {
      trained: { sequence: one },
      none: { sequence: setClsCount(one, 0, CLS) },
      four: { sequence: setClsCount(one, 4, CLS) },
      short: { sequence: setClsScale(one, 0.1) },
      long: { sequence: setClsScale(one, 50) },
    }
  }, [run.doc])
  const { runs, problems } = useVariants(engine, run, variants)
  const compared = columns()
  const sequence = doc?.sequence ?? run.doc.sequence
  const count = clsTokens(sequence).length
  const scale = clsScale(sequence)
  const place = scale === null ? -1 : SCALES.indexOf(scale)
  return (
    <>
      <div className="tool-form">
        <Segmented
          label={t('cls.count')}
          showLabel
          value={String(count)}
          options={[...new Set([...COUNTS, count])]
            .sort((a, b) => a - b)
            .map((n) => ({ value: String(n), label: n === 0 ? t('cls.none') : String(n) }))}
          onChange={(n) => lab.edit((old) => setClsScale(setClsCount(old, Number(n), CLS), scale ?? 1))}
          testId="cls-count"
        />
        <Slider
          label={t('cls.scale')}
          value={place < 0 ? SCALES.indexOf(1) : place}
          min={0}
          max={SCALES.length - 1}
          format={(i) => `× ${place < 0 ? sayScale(scale) : sayScale(SCALES[i])}`}
          onChange={(i) => lab.edit((old) => setClsScale(old, SCALES[i] ?? 1))}
          disabled={count === 0}
          testId="cls-scale"
        />
      </div>
      {count === 0 && (
        <p className="hint" data-testid="cls-gone">
          {t('cls.gone', { token: run.tokens[run.pooledRow]?.label ?? t('cls.first') })}
        </p>
      )}
      {runs.trained ? (
        <ReadoutComparison
          name={t('cls.answers')}
          columns={compared}
          rows={compareClasses(
            runs.trained,
            compared.slice(1).map(({ id }) => runs[id] ?? (problems[id] ? null : undefined)),
          )}
        />
      ) : (
        <p className="hint">{problems.trained ? saidInFull(problems.trained) : t('cls.running')}</p>
      )}
    </>
  )
}

function sayScale(scale: number | null | undefined): string {
  return scale === null || scale === undefined ? '?' : exact(scale)
}
