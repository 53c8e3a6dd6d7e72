import type { LabViewProps } from '../definition.ts'
import { Computing } from '../shared/Computing.tsx'
import { LabFrame, NoRun } from '../shared/LabFrame.tsx'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { toolOf } from '../shared/tool_groups.ts'
import { useLab } from '../shared/useLab.ts'
import { visionEdit } from './edit_name.ts'
import { PhotoSources } from './PhotoSources.tsx'
import type { VisionLab as VisionLabState } from './state/lab.ts'
import { TokenPanel } from './TokenPanel.tsx'
import { VISION_TOOLS } from './tools/index.ts'
import { VisionReadouts } from './VisionReadouts.tsx'
import { VisionStage } from './VisionStage.tsx'
import { t } from './words/words.ts'

/** Patches, the visual CLS and registers: show a photo, ask any token what it reads. */
export default function VisionLab({ lab, engine, ownModels }: LabViewProps<VisionLabState>) {
  const { samples } = useLab(lab.samples)
  const { model, doc, photo, look, run, before, asked, shown, reading } = useLab(lab.store)
  const tool = toolOf(VISION_TOOLS, look.tool)
  // The frames of a camera are always a little late.
  const computing = asked !== shown && photo?.source !== 'camera'
  const frame = { lab, engine, testId: 'vision-lab', loading: t('loading'), drawer: !!run && !!tool, computing }
  if (!model || !doc) return <LabFrame {...frame}>{null}</LabFrame>
  return (
    <LabFrame {...frame}>
      <section className="lab-input lab-bar" aria-label={t('input')}>
        <PhotoSources lab={lab} samples={samples} />
        <ModelPicker
          small
          engine={engine}
          needs={['sees pictures']}
          chosen={model.id}
          onChoose={lab.setModel}
          ownModels={ownModels}
        />
      </section>
      <TokenPanel lab={lab} doc={doc} />
      <Computing {...{ run, before, asked, shown }} own={visionEdit} />
      {run ? (
        <>
          <VisionStage lab={lab} run={run} before={before} samples={samples} />
          <VisionReadouts run={run} before={before} />
          <ToolDrawer groups={VISION_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} run={run} samples={samples} />}
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
