import { useMemo } from 'react'
import { topK } from '../../../core/logits.ts'
import { replace } from '../../../sequence/edit.ts'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { type FreeStep, freeSteps, parting } from '../state/free_running.ts'
import { outputsOf } from '../state/outputs.ts'
import { encoderStates, runTarget, written } from '../state/run.ts'
import { useComputed } from '../useComputed.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

/** The given output behind itself (teacher forcing) and behind what the model writes (free running): where they part, and what it costs. */
export default function FreeTool({ lab, engine, model, run }: Seq2SeqToolProps) {
  const { look } = useLab(lab.store)
  const of = useMemo(() => ({ run }), [run])
  const found = useComputed<FreeStep[]>(async (step) => {
    step(0, 1)
    const states = await encoderStates(engine, model, run.doc)
    const own = await written(engine, model, run.doc, states)
    return freeSteps(run, await runTarget(engine, model, run.doc, own, { states }))
  }, of)
  const steps = found.result ?? []
  const at = parting(steps)
  const apart = at === null ? undefined : steps[at]
  const chosen = run.rows.findIndex(({ writes }) => writes !== null && writes.key === look.selection.target[0])
  const row = chosen >= 0 ? chosen : Math.floor(run.rows.length / 2)
  const rival = rivalOf(run, row)
  const token = run.rows[row]?.writes
  return (
    <Panel
      help={null}
      title={t('tool.free')}
      lead={t('free.lead')}
      testId="free-tool"
      actions={
        token &&
        rival !== null && (
          <Button
            small
            data-testid="give-rival"
            onClick={() => {
              const entry = { kind: 'word' as const, id: rival, label: model.tokenizer.labels[rival] ?? `#${rival}` }
              lab.editTarget((target) => replace(target, [token.key], entry))
            }}
          >
            {t('free.rival', { token: token.label, rival: model.tokenizer.labels[rival] ?? `#${rival}` })}
          </Button>
        )
      }
    >
      {steps.length > 0 && (
        <p role="status" data-testid="parting" data-step={at ?? ''}>
          {apart
            ? t('free.parts', {
                step: (at ?? 0) + 1,
                given: apart.given.label,
                free: apart.free?.label ?? t('free.ended'),
                p: formatPercent(Math.exp(apart.forced)),
              })
            : t('free.together')}
        </p>
      )}
      {steps.length > 0 && (
        <Chart
          title={t('free.figure')}
          made={madeBy(lab, run)}
          testId="free-curves"
          table={{
            columns: [t('free.step'), t('free.given'), t('free.own'), t('free.forced'), t('free.exposed')],
            rows: steps.map((one, i) => [
              String(i + 1),
              one.given.label,
              one.free?.label ?? '–',
              Math.exp(one.forced),
              Math.exp(one.exposed),
            ]),
          }}
        >
          <LineCurve
            name={t('free.figure')}
            xName={t('free.step')}
            yName="p"
            yDomain={[0, 1]}
            xFormat={(x) => steps[x - 1]?.given.label ?? ''}
            series={[
              { name: t('free.forced.short'), points: points(steps.map(({ forced }) => forced)) },
              { name: t('free.exposed.short'), points: points(steps.map(({ exposed }) => exposed)) },
            ]}
          />
        </Chart>
      )}
      <p className="hint">{t('free.hint')}</p>
    </Panel>
  )
}

function points(logs: readonly number[]): { x: number; y: number }[] {
  return logs.flatMap((log, i) => (Number.isNaN(log) ? [] : [{ x: i + 1, y: Math.exp(log) }]))
}

/** The best token that a row does not write. */
function rivalOf(run: Seq2SeqToolProps['run'], row: number): number | null {
  const output = outputsOf(run)[row]
  if (!output) return null
  return topK(output.probabilities, 2).find(({ index }) => index !== run.rows[row]?.writes?.id)?.index ?? null
}
