import { useMemo } from 'react'
import { topK } from '../../../core/logits.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { entropyOf, type Stage } from '../../../engine/sampling.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal, whole } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { type GenerateDoc, labelOf } from '../state/doc.ts'
import type { GenerateLab, GenerateRun } from '../state/lab.ts'
import { type NextToken, nextToken, tokenAfter } from '../state/next_token.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'
import { ScrollTable } from './ScrollTable.tsx'

/** So many of the sorted list are shown, and so many of them as parts of the line that u falls on. */
const LISTED = 24

/** How the next token is drawn, or how a selected one was: every stage over the whole vocabulary, and what it leaves. */
export default function SamplingTool({ lab, run }: GenerateToolProps) {
  const { doc, look, tokenizer } = useLab(lab.store)
  const selected = look.selection[0]
  const shown = useMemo(() => doc && drawShown(run, doc, selected), [run, doc, selected])
  if (!doc || !shown || !tokenizer) return null
  const { next, of } = shown
  const V = next.stages[0]?.probabilities.length ?? 0
  return (
    <Panel
      help={null}
      title={of === null ? t('sampling') : t('sampling.of', { token: of })}
      lead={t('sampling.lead', { count: V })}
      testId="sampling-tool"
      actions={
        <Button small data-testid="sampling-reset" onClick={lab.resetSampling}>
          {t('sampling.reset')}
        </Button>
      }
    >
      <Settings lab={lab} sampling={doc.sampling} />
      <Stages stages={next.stages} />
      <UnitLine next={next} tokenizer={tokenizer} />
      <SortedList next={next} tokenizer={tokenizer} />
      <p className="hint">{t('sampling.boundary')}</p>
      <p className="hint">{t('sampling.same')}</p>
    </Panel>
  )
}

/** The draw of the selected token, where the model wrote it by chance; else that of the next one. */
function drawShown(
  run: GenerateRun,
  doc: GenerateDoc,
  key: number | undefined,
): { next: NextToken; of: string | null } {
  const row = run.tokens.findIndex((token) => token.key === key)
  const token = run.tokens[row]
  const place = token?.origin.type === 'written' ? token.origin.place : -1
  const seed = doc.written[place]?.seed
  if (!token || row === 0 || seed === null || seed === undefined) return { next: nextToken(run, doc), of: null }
  return { next: tokenAfter(run, row - 1, doc.sampling, { seed, place }), of: token.label }
}

function Settings({ lab, sampling }: { lab: GenerateLab; sampling: GenerateDoc['sampling'] }) {
  const two = (value: number) => decimal(value, 2)
  return (
    <div className="sampling-form">
      <Slider
        label={t('sampling.repetition')}
        min={1}
        max={2}
        step={0.05}
        value={sampling.repetitionPenalty}
        format={two}
        onChange={(repetitionPenalty) => lab.setSampling({ repetitionPenalty })}
        testId="repetition"
      />
      <Slider
        label={t('sampling.temperature')}
        min={0}
        max={2}
        step={0.05}
        value={sampling.temperature}
        format={two}
        onChange={(temperature) => lab.setSampling({ temperature })}
        testId="temperature"
      />
      <Slider
        label={t('sampling.topK')}
        min={0}
        max={200}
        value={sampling.topK}
        format={(value) => (value === 0 ? t('sampling.off') : String(value))}
        onChange={(k) => lab.setSampling({ topK: k })}
        testId="top-k"
      />
      <Slider
        label={t('sampling.topP')}
        min={0}
        max={1}
        step={0.01}
        value={sampling.topP}
        format={two}
        onChange={(topP) => lab.setSampling({ topP })}
        testId="top-p"
      />
      <Slider
        label={t('sampling.minP')}
        min={0}
        max={1}
        step={0.01}
        value={sampling.minP}
        format={two}
        onChange={(minP) => lab.setSampling({ minP })}
        testId="min-p"
      />
    </div>
  )
}

function Stages({ stages }: { stages: readonly Stage[] }) {
  const V = stages[0]?.probabilities.length ?? 0
  return (
    <ScrollTable
      name={t('stage')}
      columns={[t('stage'), t('stage.survivors'), t('stage.cut'), t('stage.entropy'), t('stage.effective')]}
      testId="stages"
    >
      {stages.map(({ id, probabilities, survivors, cut }) => {
        const bits = entropyOf(probabilities)
        return (
          <tr key={id} data-stage={id}>
            <th scope="row">{t(`stage.${id}`)}</th>
            <td className="mono">{t('stage.of', { survivors: whole(survivors), count: whole(V) })}</td>
            <td className="mono">{formatPercent(cut)}</td>
            <td className="mono">{decimal(bits, 2)}</td>
            <td className="mono">{decimal(2 ** bits, 1)}</td>
          </tr>
        )
      })}
    </ScrollTable>
  )
}

interface DrawnProps {
  next: NextToken
  tokenizer: TokenizerInfo
}

/** The tokens as parts of a line from 0 to 1, the most probable first, and where u falls. */
function UnitLine({ next: { stages, draw }, tokenizer }: DrawnProps) {
  const probabilities = stages.at(-1)?.probabilities ?? new Float64Array()
  const parts = topK(probabilities, LISTED).filter(({ value }) => value > 0)
  return (
    <div
      className="unit-line"
      role="img"
      aria-label={t('unit.line', { u: decimal(draw.u, 4), token: labelOf(tokenizer, draw.token) })}
    >
      {parts.map(({ index, value }) => (
        <span key={index} data-drawn={index === draw.token || undefined} style={{ inlineSize: `${value * 100}%` }}>
          {value > 0.08 && labelOf(tokenizer, index)}
        </span>
      ))}
      <i style={{ insetInlineStart: `${draw.u * 100}%` }} />
    </div>
  )
}

/** By the model's probability; the line lies under the last one that may be drawn. */
function SortedList({ next: { stages, draw }, tokenizer }: DrawnProps) {
  const [first, last] = [stages[0]?.probabilities, stages.at(-1)?.probabilities]
  if (!first || !last) return null
  const scores = stages[1]?.probabilities ?? first // what every cut sorts by: after the repetition penalty
  const listed = topK(scores, LISTED)
  const stay = listed.findLastIndex(({ index }) => (last[index] as number) > 0)
  const survivors = stages.at(-1)?.survivors ?? 0
  return (
    <table className="table sorted" data-testid="sorted">
      <thead>
        <tr>
          <th scope="col">{t('steps.token')}</th>
          <th scope="col">{t('stage.model')}</th>
          <th scope="col">{t('sorted.drawn')}</th>
        </tr>
      </thead>
      <tbody>
        {listed.map(({ index }, i) => [
          <tr key={index} data-drawn={index === draw.token || undefined} data-id={index}>
            <th scope="row" className="mono">
              {labelOf(tokenizer, index)}
            </th>
            <td className="mono">{formatPercent(first[index] as number)}</td>
            <td className="mono">
              {(last[index] as number) > 0 ? formatPercent(last[index] as number) : t('candidate.out')}
            </td>
          </tr>,
          i === stay && survivors <= LISTED && (
            <tr key="cut" className="cut-line">
              <td colSpan={3}>{t('sorted.cut', { count: survivors })}</td>
            </tr>
          ),
        ])}
        {survivors > LISTED && (
          <tr className="cut-line">
            <td colSpan={3}>{t('sorted.more', { count: survivors - LISTED })}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
