import type { LabViewProps } from '../definition.ts'
import { ChangeFrame } from '../shared/ChangeFrame.tsx'
import { ComputingNote } from '../shared/Computing.tsx'
import { LabFrame, NoRun } from '../shared/LabFrame.tsx'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { toolOf } from '../shared/tool_groups.ts'
import { useLab } from '../shared/useLab.ts'
import { DetectReadouts } from './DetectReadouts.tsx'
import { DetectStage } from './DetectStage.tsx'
import { detectEdit } from './edit_name.ts'
import { help } from './help/help.ts'
import { QueryStrip } from './QueryStrip.tsx'
import { SceneSources } from './SceneSources.tsx'
import { changes } from './said.ts'
import type { DetectLab as DetectLabState } from './state/lab.ts'
import { DETECT_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** Queries that each say one box: choose one, see what it reads, and take it away. */
export default function DetectLab({ lab, engine, ownModels }: LabViewProps<DetectLabState>) {
  const { samples: scenes } = useLab(lab.scenes)
  const { model, doc, photo, look, run, before, asked, shown, reading } = useLab(lab.store)
  const tool = toolOf(DETECT_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'detect-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    // The frames of a camera are always a little late.
    computing: asked !== shown && photo?.source !== 'camera',
  }
  if (!model || !doc) return <LabFrame {...frame}>{null}</LabFrame>
  const changed = run && changes(before, run, look.threshold)
  return (
    <LabFrame {...frame}>
      <section className="lab-input lab-bar" aria-label={t('input')}>
        <SceneSources lab={lab} scenes={scenes} />
        <ModelPicker
          small
          engine={engine}
          needs={['detects objects']}
          chosen={model.id}
          onChoose={lab.setModel}
          ownModels={ownModels}
        />
      </section>
      <QueryStrip lab={lab} doc={doc} run={run} info={model.info} />
      {run && frame.computing && <ComputingNote asked={asked} shown={shown} edit={() => detectEdit(before, run)} />}
      {run ? (
        <>
          <ChangeFrame help={help('change')}>
            {changed === null && <span className="muted">{t('change.none-yet')}</span>}
            {changed?.length === 0 && <span>{t('change.nothing')}</span>}
            {changed && changed.length > 0 && <span>{changed.join('; ')}</span>}
          </ChangeFrame>
          <DetectStage lab={lab} run={run} />
          <DetectReadouts lab={lab} run={run} before={before} />
          <ToolDrawer groups={DETECT_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} run={run} scenes={scenes} />}
          </ToolDrawer>
        </>
      ) : (
        <NoRun
          pending={asked !== shown || reading}
          running={t('running.model', { model: model.name })}
          title={t('nothing')}
          hint={t('nothing.hint')}
        />
      )}
    </LabFrame>
  )
}
