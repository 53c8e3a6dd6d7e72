import { useMemo } from 'react'
import { ExportMenu } from '../../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { saveFigure } from '../../shared/save_figure.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { labelOf } from '../state/doc.ts'
import { drawOfStep, type Step, stepsOf, toldOf } from '../state/steps.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

/** Every token of the text with what the model thought of it before it was there. */
export default function StepsTool({ lab, run }: GenerateToolProps) {
  const { tokenizer, look } = useLab(lab.store)
  const theme = useTheme()
  const eos = tokenizer?.specials.eos?.id
  const steps = useMemo(() => stepsOf(run, eos), [run, eos])
  const told = useMemo(() => toldOf(steps), [steps])
  if (!tokenizer) return null
  const title = t('steps')
  return (
    <Panel
      help={null}
      title={title}
      lead={
        told
          ? t('steps.told', { sum: decimal(told.logProbability, 2), perplexity: decimal(told.perplexity, 1) })
          : t('steps.none')
      }
      testId="steps-tool"
      actions={
        <ExportMenu
          formats={['csv', 'json']}
          onExport={(format) =>
            saveFigure(
              format,
              {
                title,
                svg: () => '',
                says: [],
                theme,
                table: () => ({
                  columns: COLUMNS,
                  rows: steps.map((step) => {
                    const draw = drawOfStep(run, step)?.draw
                    return [
                      step.row,
                      step.token.id ?? '',
                      step.token.label,
                      step.place === null ? 'prompt' : step.seed === null ? 'chosen' : 'drawn',
                      Math.exp(step.logProbability),
                      step.logProbability,
                      step.rank,
                      step.entropy,
                      step.end,
                      step.seed ?? '',
                      step.u ?? '',
                      draw?.from ?? '',
                      draw?.to ?? '',
                      draw ? labelOf(tokenizer, draw.token) : '',
                    ]
                  }),
                }),
              },
              madeBy(lab, run),
            )
          }
        />
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('steps.table')}>
        <table className="table" data-testid="steps">
          <thead>
            <tr>
              <th scope="col">{t('steps.token')}</th>
              <th scope="col">{t('steps.p')}</th>
              <th scope="col">{t('steps.rank')}</th>
              <th scope="col">{t('stage.entropy')}</th>
              <th scope="col">{t('steps.end')}</th>
              <th scope="col">{t('steps.how')}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr
                key={step.token.key}
                data-selected={look.selection.includes(step.token.key) || undefined}
                data-written={step.place !== null || undefined}
                onClick={() => lab.look({ selection: [step.token.key] })}
              >
                <th scope="row">
                  <span className="stamp" data-kind={step.token.kind}>
                    {step.token.label}
                  </span>
                </th>
                <td className="mono">{formatPercent(Math.exp(step.logProbability))}</td>
                <td className="mono">{Number.isNaN(step.rank) ? '–' : step.rank}</td>
                <td className="mono">{decimal(step.entropy, 2)}</td>
                <td className="mono">{formatPercent(step.end)}</td>
                <td className="mono">{how(step)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}

/** Of the file, the same in every language. */
const COLUMNS = [
  'row',
  'id',
  'token',
  'how',
  'p',
  'log_p',
  'rank',
  'entropy_bits',
  'p_eos',
  'seed',
  'u',
  'from',
  'to',
  'drawn_by_todays_settings',
]

function how({ place, seed, u }: Step): string {
  if (place === null) return t('steps.prompt')
  return seed === null || u === null ? t('steps.chosen') : t('steps.drawn', { seed, u: decimal(u, 3) })
}
