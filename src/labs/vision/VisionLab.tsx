import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { EmptyState, Loading } from '../../views/shell/Loading.tsx'
import type { LabViewProps } from '../definition.ts'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { Toolbox } from '../shared/Toolbox.tsx'
import { useLab } from '../shared/useLab.ts'
import { PhotoPanel } from './PhotoPanel.tsx'
import { PhotoSources } from './PhotoSources.tsx'
import type { VisionLab as VisionLabState } from './state/lab.ts'
import { TokenPanel } from './TokenPanel.tsx'
import { VISION_TOOLS } from './tools/index.ts'
import { VisionReadouts } from './VisionReadouts.tsx'
import { VisionStage } from './VisionStage.tsx'

/** Patches, the visual CLS and registers: show a photo, ask any token what it reads. */
export default function VisionLab({ lab, engine, openModel }: LabViewProps<VisionLabState>) {
  const { samples } = useLab(lab.samples)
  const { model, doc, look, run, problem } = useLab(lab.store)
  const { progress } = useLab(engine.store)
  const banner = problem && <ErrorBanner error={problem} onDismiss={lab.dismissProblem} />
  if (!model || !doc) {
    return (
      <div className="lab">
        {banner ?? <Loading what="Loading the vision model" loaded={progress?.loaded} total={progress?.total} />}
      </div>
    )
  }
  const tool = VISION_TOOLS.find(({ id }) => id === look.tool) ?? (VISION_TOOLS[0] as (typeof VISION_TOOLS)[number])
  return (
    <div className="lab" data-testid="vision-lab">
      {banner}
      <div className="vision-input">
        <PhotoSources lab={lab} samples={samples} />
        <ModelPicker
          engine={engine}
          needs={['sees pictures']}
          chosen={model.id}
          onChoose={lab.setModel}
          openModel={openModel}
        />
      </div>
      {run ? (
        <>
          <div className="lab-columns">
            <PhotoPanel lab={lab} run={run} samples={samples} />
            <VisionReadouts run={run} labels={run.model.info.labels} />
          </div>
          <TokenPanel lab={lab} doc={doc} />
          <VisionStage lab={lab} run={run} />
          <Toolbox
            tools={VISION_TOOLS.map((one) => ({ ...one, title: one.title() }))}
            chosen={tool.id}
            onChoose={(id) => lab.look({ tool: id })}
          >
            <tool.Tool lab={lab} engine={engine} run={run} samples={samples} />
          </Toolbox>
        </>
      ) : (
        <EmptyState title="Nothing has run yet">Choose a sample, or drop a photo.</EmptyState>
      )}
    </div>
  )
}
