import { ramp, rampPosition, type ScaleName, textOn } from '../../viz/colour.ts'
import { formatValue } from '../../viz/format.ts'
import { decimal } from '../../words/numbers.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { ScaleLegend } from '../maps/ScaleLegend.tsx'
import { t } from '../words/words.ts'

export interface HeatGridProps {
  /** What the numbers are: the caption, spoken. */
  name: string
  rows: readonly string[]
  columns: readonly string[]
  /** [rows × columns] */
  values: ArrayLike<number>
  /** The value at the end of the colours. */
  bound: number
  scale?: Extract<ScaleName, 'ink' | 'diverging'>
  /** What a cell prints; `cell` is its index in `values`. */
  format?: (value: number, cell: number) => string
  selected?: readonly [row: number, column: number] | null
  /** Makes the cells buttons. */
  onSelect?: (row: number, column: number) => void
}

/** A table whose cells are coloured by their printed values: entropy per head, cosine similarities, interactions. */
export function HeatGrid(props: HeatGridProps) {
  const { name, rows, columns, values, bound, scale = 'ink', format = formatValue, selected, onSelect } = props
  const theme = useTheme()
  const colour = ramp(scale, theme)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
    <section className="heat" tabIndex={0} aria-label={name} data-testid="heat-grid">
      <table>
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column, c) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two sentences may be the same
              <th key={c} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={r}>
              <th scope="row">{row}</th>
              {columns.map((column, c) => {
                const value = values[r * columns.length + c] ?? Number.NaN
                const background = colour(rampPosition(value, bound, scale))
                const style = { background, color: textOn(background) }
                const text = format(value, r * columns.length + c)
                const on = selected?.[0] === r && selected[1] === c
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={c} style={style} data-selected={on || undefined}>
                    {onSelect ? (
                      <button
                        type="button"
                        aria-pressed={on}
                        aria-label={`${row}, ${column}: ${text}`}
                        onClick={() => onSelect(r, c)}
                      >
                        {text}
                      </button>
                    ) : (
                      text
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <ScaleLegend scale={scale} bound={bound} />
    </section>
  )
}

export interface EntropyGridProps extends Pick<HeatGridProps, 'selected' | 'onSelect'> {
  /** [layers × H] in bits. */
  entropies: ArrayLike<number>
  /** Names of the layers. */
  rows: readonly string[]
  heads: number
  /** log2 of the number of readable tokens. */
  most: number
}

/** How widely each head reads: 0 bits is one token, the end of the scale is all of them alike. */
export function EntropyGrid({ entropies, rows, heads, most, ...rest }: EntropyGridProps) {
  return (
    <HeatGrid
      name={t('entropy.name')}
      rows={rows}
      columns={Array.from({ length: heads }, (_, head) => `${head + 1}`)}
      values={entropies}
      bound={most}
      format={(value) => decimal(value, 1)}
      {...rest}
    />
  )
}

/** Cosine similarities of n vectors, [n × n]. */
export function CosineMatrix({
  name,
  labels,
  values,
}: {
  name: string
  labels: readonly string[]
  values: ArrayLike<number>
}) {
  return (
    <HeatGrid
      name={name}
      rows={labels}
      columns={labels.map((_, i) => `${i + 1}`)}
      values={values}
      bound={1}
      scale="diverging"
      format={(value) => decimal(value, 2)}
    />
  )
}
