import { useEffect, useMemo, useState } from 'react'
import { type ErrorReport, reportOf } from '../../../../core/errors.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import type { Engine } from '../../../../state/engine.ts'
import { PixelView } from '../../../../views/photo/PixelView.tsx'
import { Button } from '../../../../views/primitives/Button.tsx'
import { filterPixels, filtersByNorm } from '../../../../viz/filters.ts'
import { formatValue } from '../../../../viz/format.ts'
import { saidInFull } from '../../../../words/errors.ts'
import { decimal } from '../../../../words/numbers.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

const PAGE = 48

/** The patch embedding's filters as pictures, the strongest first. */
export function FilterGallery({ engine, run }: VisionToolProps) {
  const { filters, problem } = useFilters(engine, run.model.id)
  const [page, setPage] = useState(0)
  const order = useMemo(() => (filters ? filtersByNorm(filters.data, filters.dims[0] as number) : []), [filters])
  if (problem) return <p role="alert">{saidInFull(problem)}</p>
  if (!filters) return <p className="hint">{t('filters.reading')}</p>
  const [D, C, P] = filters.dims as [number, number, number, number]
  const pages = Math.ceil(D / PAGE)
  const at = Math.min(page, pages - 1)
  const shown = order.slice(at * PAGE, (at + 1) * PAGE)
  return (
    <>
      <p>{t('filters.text', { count: D, side: P, channels: C })}</p>
      <ul className="filters" aria-label={t('filters.list')}>
        {shown.map(({ index, norm }) => (
          <li key={index}>
            <PixelView
              picture={{
                width: P,
                height: P,
                data: filterPixels(filters.data.subarray(index * C * P * P, (index + 1) * C * P * P), C, P),
              }}
              size={56}
              alt={t('filters.alt', { filter: index, norm: formatValue(norm) })}
            />
            <span className="hint mono" aria-hidden="true">
              {index}: {decimal(norm, 2)}
            </span>
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <div className="row">
          <Button small disabled={at === 0} onClick={() => setPage(at - 1)}>
            {t('filters.stronger')}
          </Button>
          <span className="hint mono">
            {t('filters.page', { from: at * PAGE + 1, to: Math.min(D, (at + 1) * PAGE), count: D })}
          </span>
          <Button small disabled={at === pages - 1} onClick={() => setPage(at + 1)} data-testid="filters-next">
            {t('filters.weaker')}
          </Button>
        </div>
      )}
    </>
  )
}

function useFilters(engine: Engine, model: string): { filters: NDArray | null; problem: ErrorReport | null } {
  const [read, setRead] = useState<{ of: string; filters: NDArray | null; problem: ErrorReport | null } | null>(null)
  useEffect(() => {
    let here = true
    engine.weights(model, 'filters').then(
      (filters) => here && setRead({ of: model, filters, problem: null }),
      (thrown: unknown) => here && setRead({ of: model, filters: null, problem: reportOf(thrown) }),
    )
    return () => {
      here = false
    }
  }, [engine, model])
  return read?.of === model ? read : { filters: null, problem: null }
}
