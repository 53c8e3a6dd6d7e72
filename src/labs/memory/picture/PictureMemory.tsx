import type { LabViewProps } from '../../definition.ts'
import { ChangeFrame } from '../../shared/ChangeFrame.tsx'
import { ComputingNote } from '../../shared/Computing.tsx'
import { LabFrame, NoRun } from '../../shared/LabFrame.tsx'
import { ModelPicker } from '../../shared/ModelPicker.tsx'
import { ToolDrawer } from '../../shared/ToolDrawer.tsx'
import { toolOf } from '../../shared/tool_groups.ts'
import { useLab } from '../../shared/useLab.ts'
import { pictureEdit } from './edit_name.ts'
import { help } from './help/help.ts'
import { PictureReadouts } from './PictureReadouts.tsx'
import { PictureSources } from './PictureSources.tsx'
import { PictureStage } from './PictureStage.tsx'
import { changes } from './said.ts'
import type { PictureMemory as PictureMemoryState } from './state/lab.ts'
import { TaskStrip } from './TaskStrip.tsx'
import { PICTURE_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** Tasks that were taught to a frozen model by memory rows in each layer: what they read, and what their masks keep. */
export default function PictureMemory({ lab, engine, ownModels }: LabViewProps<PictureMemoryState>) {
  const { model, doc, look, run, before, asked, shown, reading } = useLab(lab.store)
  const tool = toolOf(PICTURE_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'memory-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model || !doc) return <LabFrame {...frame}>{null}</LabFrame>
  const changed = run && changes(before, run)
  return (
    <LabFrame {...frame}>
      <section className="lab-input lab-bar" aria-label={t('input')}>
        <PictureSources lab={lab} />
        <ModelPicker
          small
          engine={engine}
          needs={['keeps memory']}
          chosen={model.id}
          onChoose={lab.setModel}
          ownModels={ownModels}
        />
      </section>
      <TaskStrip lab={lab} doc={doc} run={run} info={model.info} />
      <ComputingNote asked={asked} shown={shown} edit={run && (() => pictureEdit(before, run))} />
      {run ? (
        <>
          <ChangeFrame help={help('change')}>
            {changed === null && <span className="muted">{t('change.none-yet')}</span>}
            {changed?.length === 0 && <span>{t('change.nothing')}</span>}
            {changed && changed.length > 0 && <span>{changed.join('; ')}</span>}
          </ChangeFrame>
          <PictureStage lab={lab} run={run} />
          <PictureReadouts lab={lab} run={run} before={before} />
          <ToolDrawer groups={PICTURE_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} run={run} />}
          </ToolDrawer>
        </>
      ) : (
        <NoRun
          pending={asked !== shown || reading}
          running={t('running', { model: model.name })}
          title={t('nothing')}
          hint={t('nothing.hint')}
        />
      )}
    </LabFrame>
  )
}
