import type { LabViewProps } from '../definition.ts'
import { ChangeFrame } from '../shared/ChangeFrame.tsx'
import { LabFrame, NoRun } from '../shared/LabFrame.tsx'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { toolOf } from '../shared/tool_groups.ts'
import { useLab } from '../shared/useLab.ts'
import { BatchPicture } from './BatchPicture.tsx'
import { BatchReadouts } from './BatchReadouts.tsx'
import { help } from './help/help.ts'
import { Lines } from './Lines.tsx'
import { PlanControls } from './PlanControls.tsx'
import { Strategies } from './Strategies.tsx'
import { changed } from './said.ts'
import { type BatchLab as BatchLabState, NEEDS } from './state/lab.ts'
import { BATCH_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** Lines become batches: see what padding costs, and what a sequence's neighbours do to it. */
export default function BatchLab({ lab, engine, ownModels }: LabViewProps<BatchLabState>) {
  const { model, doc, look, run, before, asked, shown, text } = useLab(lab.store)
  const tool = toolOf(BATCH_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'batch-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model || !doc) return <LabFrame {...frame}>{null}</LabFrame>
  const said = run && changed(before, run)
  return (
    <LabFrame {...frame}>
      <section className="lab-input" aria-label={t('input')}>
        <div className="lab-bar">
          <Lines lab={lab} doc={doc} text={text} />
          <ModelPicker
            small
            engine={engine}
            needs={NEEDS}
            chosen={model.id}
            onChoose={lab.setModel}
            ownModels={ownModels}
          />
        </div>
      </section>
      <PlanControls lab={lab} doc={doc} run={run} maxTokens={model.info.maxTokens} />
      {run ? (
        <>
          <ChangeFrame help={help('change')}>
            <span className={said === null ? 'muted' : undefined}>{said ?? t('change.none-yet')}</span>
          </ChangeFrame>
          <div className="stage batch-stage" data-testid="stage">
            <BatchPicture lab={lab} run={run} />
            <Strategies lab={lab} engine={engine} run={run} />
          </div>
          <BatchReadouts engine={engine} run={run} before={before} />
          <ToolDrawer groups={BATCH_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} run={run} />}
          </ToolDrawer>
        </>
      ) : (
        <NoRun
          pending={asked !== shown}
          running={t('running', { model: model.name })}
          title={t('nothing')}
          hint={t('nothing.hint')}
        />
      )}
    </LabFrame>
  )
}
