import { type ReactNode, useMemo, useRef } from 'react'
import { drawBoard } from '../../../views/board/draw.ts'
import { useCanvas } from '../../../views/hooks/useCanvas.ts'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { type BoardColour, maskColours, pairColours } from '../../../viz/board_colours.ts'
import { formatPercent, formatValue } from '../../../viz/format.ts'
import { compareAnswers } from '../../shared/compare_answers.ts'
import { PinButton } from '../../shared/PinButton.tsx'
import { useLab } from '../../shared/useLab.ts'
import { pairCodes } from '../board.ts'
import { headTitle } from '../head_title.ts'
import { help } from '../help/help.ts'
import { changesOf, readoutsOf } from '../state/answers.ts'
import { cellsOf, type MasksRun, mayRead, openCells } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

/** Side of a small board in CSS pixels. */
const SIDE = 132

/** Two masks side by side, where they differ, and what the model says through each. */
export default function CompareTool({ lab, run }: MasksToolProps) {
  const { pinned, tokenizer } = useLab(lab.store)
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned || !tokenizer) {
    return (
      <Panel help={null} title={t('compare')} lead={t('compare.lead')} testId="compare-tool" actions={pin}>
        <p className="hint">{t('compare.none')}</p>
      </Panel>
    )
  }
  return <Compared lab={lab} first={pinned} second={run} words={tokenizer.readable ?? tokenizer.labels} pin={pin} />
}

function Compared({
  lab,
  first,
  second,
  words,
  pin,
}: {
  lab: MasksToolProps['lab']
  first: MasksRun
  second: MasksRun
  words: readonly string[]
  pin: ReactNode
}) {
  const { look } = useLab(lab.store)
  const { layer, head } = look
  const theme = useTheme()
  const cells = useMemo(() => [first, second].map((run) => cellsHere(run, layer, head)), [first, second, layer, head])
  const pair = useMemo(() => pairCodes(first, second, { layer, head }), [first, second, layer, head])
  const rows = useMemo(
    () =>
      compareAnswers(readoutsOf(first, words), [readoutsOf(second, words)], (answer) => {
        const row = first.tokens.findIndex(({ key }) => key === answer.key)
        return answer.head === 'mlm' ? t('answer.mask', { row }) : headTitle(answer.head)
      }),
    [first, second, words],
  )
  const changes = useMemo(() => changesOf(first, second), [first, second])
  const count = (code: number) => pair.reduce((sum, one) => sum + Number(one === code), 0)
  const [both, onlyFirst, onlySecond] = [count(1), count(2), count(3)]
  const [a, b] = cells as [Uint8Array, Uint8Array]
  return (
    <>
      <Panel help={null} title={t('compare')} lead={t('compare.lead')} testId="compare-tool" actions={pin}>
        <div className="boards">
          <SmallBoard codes={a} colours={maskColours(theme)} title={t('compare.first')} share={share(a)} />
          <SmallBoard codes={b} colours={maskColours(theme)} title={t('compare.second')} share={share(b)} />
          <SmallBoard
            codes={pair}
            colours={pairColours(theme)}
            title={t('compare.xor')}
            share={formatPercent((onlyFirst + onlySecond) / Math.max(1, pair.length))}
          />
        </div>
        <p data-testid="xor" data-xor={onlyFirst + onlySecond}>
          {t('compare.counts', { both, first: onlyFirst, second: onlySecond, xor: onlyFirst + onlySecond })}
        </p>
        {changes && (
          <p className="hint">
            {t('changed.facts', {
              logit: formatValue(changes.rows.reduce((most, row) => Math.max(most, row.logit), 0)),
              hidden: formatValue(changes.hidden),
              moved: changes.rows.length,
              same: changes.same,
            })}
          </p>
        )}
      </Panel>
      <Panel help={help('compare-answers')} title={t('compare.answers')} testId="compare-answers">
        <ReadoutComparison
          name={t('compare.answers')}
          columns={[
            { id: 'first', title: t('compare.first') },
            { id: 'second', title: t('compare.second') },
          ]}
          rows={rows}
        />
      </Panel>
    </>
  )
}

function cellsHere(run: MasksRun, layer: number, head: number | 'mean'): Uint8Array {
  return cellsOf(mayRead(run.doc.sequence, run.doc.mask, run.info), run.tokens.length, layer, head)
}

function share(cells: Uint8Array): string {
  return formatPercent(openCells(cells) / Math.max(1, cells.length))
}

function SmallBoard(props: { codes: Uint8Array; colours: readonly BoardColour[]; title: string; share: string }) {
  const { codes, colours, title, share: said } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  const count = Math.round(Math.sqrt(codes.length))
  const draw = useMemo(() => {
    const range = { first: 0, last: count - 1 }
    const view = { codes, count, colours, theme, cell: SIDE / Math.max(1, count), scroll: { x: 0, y: 0 } }
    return (context: CanvasRenderingContext2D) => drawBoard(context, { ...view, rows: range, columns: range })
  }, [codes, count, colours, theme])
  useCanvas(canvas, SIDE, SIDE, draw)
  return (
    <figure>
      <canvas ref={canvas} style={{ width: SIDE, height: SIDE }} />
      <figcaption>
        {title} <span className="mono">{said}</span>
      </figcaption>
    </figure>
  )
}
