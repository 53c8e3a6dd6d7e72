import { useMemo } from 'react'
import { EMBEDDED_MODELS } from '../../../../state/embedded_models.ts'
import { FilmFrame } from '../../../../views/photo/FilmStrip.tsx'
import { ReadoutComparison } from '../../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { shareBound } from '../../../../viz/bounds.ts'
import { saidInFull } from '../../../../words/errors.ts'
import { canvasOf } from '../../../shared/canvases.ts'
import { compareAnswers } from '../../../shared/compare_answers.ts'
import { useOwnJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { headName, inWords, taskName } from '../names.ts'
import { answersOf, type HeadChoice, patchReading } from '../state/readings.ts'
import type { PictureRun } from '../state/run.ts'
import { runTwin, twinOf } from '../state/twin.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

const SIDE = 112

/** The model with one class token beside the one with three, on the same picture. */
export default function TwinTool({ lab, engine, run }: PictureToolProps) {
  const { look } = useLab(lab.store)
  const id = twinOf(run.model.id)
  const of = useMemo(() => (id ? { run, id } : null), [run, id])
  const job = useOwnJob<PictureRun | null>(async () => (of ? runTwin(engine, of.run, of.id) : null), of)
  if (!id) return <p className="hint">{t('twin.none')}</p>
  const twin = job.result
  const columns = [
    { id: 'own', title: titleOf(run.model.id) },
    { id: 'twin', title: titleOf(id) },
  ]
  const answers = twin ? answersOf(twin).map(inWords) : job.problem ? null : undefined
  return (
    <>
      <Panel help={null} title={t('twin.title')} lead={t('twin.lead')} testId="twin">
        {job.problem && <p role="alert">{saidInFull(job.problem)}</p>}
        <ReadoutComparison
          name={t('twin.answers')}
          columns={columns}
          rows={compareAnswers(answersOf(run).map(inWords), [answers], ({ id: head }) => taskName(head))}
        />
        <p className="hint">{t('twin.trained')}</p>
      </Panel>
      <Panel
        help={help('twin-maps')}
        title={t('twin.maps')}
        lead={t('photo.where', { layer: look.layer + 1, head: headName(look.head) })}
        testId="twin-maps"
      >
        <Maps runs={twin ? [run, twin] : [run]} choice={look} fit={look.fit} />
      </Panel>
    </>
  )
}

function titleOf(id: string): string {
  return EMBEDDED_MODELS.find((one) => one.id === id)?.title ?? id
}

const OVERLAY = { opacity: 0.75 }

/** What the class tokens of both read, on one scale. */
function Maps({ runs, choice, fit }: { runs: readonly PictureRun[]; choice: HeadChoice; fit: boolean }) {
  const frames = runs.flatMap((run) =>
    run.tokens.flatMap(({ kind, key, label }, row) => {
      const values = kind === 'cls' ? patchReading(run, row, choice) : null
      return values ? [{ run, key, label, values }] : []
    }),
  )
  const bound = shareBound(fit, ...frames.map(({ values }) => values))
  return (
    <ul className="film" aria-label={t('twin.maps')}>
      {frames.map(({ run, key, label, values }) => (
        <li key={`${run.model.id} ${key}`}>
          <FilmFrame
            image={canvasOf(run.sharp)}
            rows={run.grid.rows}
            columns={run.grid.columns}
            values={values}
            overlay={OVERLAY}
            bound={bound}
            size={SIDE}
          />
          <span className="film-name">{label}</span>
        </li>
      ))}
    </ul>
  )
}
