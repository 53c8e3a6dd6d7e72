import { useMemo } from 'react'
import { clsScale, clsTokens, setClsCount, setClsScale } from '../../../../sequence/cls.ts'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { ReadoutComparison } from '../../../../views/readouts/ReadoutComparison.tsx'
import { useLab } from '../../../shared/useLab.ts'
import { compareClasses } from '../../comparison.ts'
import { useVariants } from '../../useVariants.ts'
import type { VisionToolProps } from '../props.ts'

const CLS = { kind: 'cls', id: 0, label: '[CLS]' } as const
const COUNTS = [0, 1, 2, 4, 8]
/** A logarithmic slider from × 0.1 to × 50; scales a person can name. */
const SCALES = [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50]

const COLUMNS = [
  { id: 'trained', title: 'One [CLS]', hint: 'as trained' },
  { id: 'none', title: 'No [CLS]', hint: 'its head reads the first token left' },
  { id: 'four', title: 'Four [CLS]', hint: 'the head reads the first' },
  { id: 'short', title: '[CLS] × 0.1' },
  { id: 'long', title: '[CLS] × 50' },
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
  const sequence = doc?.sequence ?? run.doc.sequence
  const count = clsTokens(sequence).length
  const scale = clsScale(sequence)
  const place = scale === null ? -1 : SCALES.indexOf(scale)
  return (
    <>
      <div className="tool-form">
        <Segmented
          label="[CLS] tokens"
          showLabel
          value={String(count)}
          options={[...new Set([...COUNTS, count])]
            .sort((a, b) => a - b)
            .map((n) => ({ value: String(n), label: n === 0 ? 'none' : String(n) }))}
          onChange={(n) => lab.edit((old) => setClsScale(setClsCount(old, Number(n), CLS), scale ?? 1))}
          testId="cls-count"
        />
        <Slider
          label="Start vector, times the trained one"
          value={place < 0 ? SCALES.indexOf(1) : place}
          min={0}
          max={SCALES.length - 1}
          format={(i) => (place < 0 ? `× ${scale ?? '?'}` : `× ${SCALES[i]}`)}
          onChange={(i) => lab.edit((old) => setClsScale(old, SCALES[i] ?? 1))}
          disabled={count === 0}
          testId="cls-scale"
        />
      </div>
      {count === 0 && (
        <p className="hint" data-testid="cls-gone">
          Without [CLS] its head reads {run.tokens[run.pooledRow]?.label ?? 'the first token left'}, which it was never
          trained on; the other two heads read the patches as before.
        </p>
      )}
      {runs.trained ? (
        <ReadoutComparison
          name="The class by every head, with other [CLS] tokens"
          columns={COLUMNS}
          rows={compareClasses(
            runs.trained,
            COLUMNS.slice(1).map(({ id }) => runs[id] ?? (problems[id] ? null : undefined)),
          )}
        />
      ) : (
        <p className="hint">{problems.trained?.message ?? 'Running the variations …'}</p>
      )}
    </>
  )
}
