import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { EmptyState, Loading } from '../../views/shell/Loading.tsx'
import type { LabViewProps } from '../definition.ts'
import { Computing } from '../shared/Computing.tsx'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { useLab } from '../shared/useLab.ts'
import { PhotoSources } from './PhotoSources.tsx'
import type { VisionLab as VisionLabState } from './state/lab.ts'
import { TokenPanel } from './TokenPanel.tsx'
import { VISION_TOOLS } from './tools/index.ts'
import { VisionReadouts } from './VisionReadouts.tsx'
import { VisionStage } from './VisionStage.tsx'
import { t } from './words/words.ts'

/** Patches, the visual CLS and registers: show a photo, ask any token what it reads. */
export default function VisionLab({ lab, engine, openModel }: LabViewProps<VisionLabState>) {
  const { samples } = useLab(lab.samples)
  const { model, doc, photo, look, run, before, problem, asked, shown, reading } = useLab(lab.store)
  const { progress } = useLab(engine.store)
  const banner = problem && (
    <div className="lab-problem">
      <ErrorBanner error={problem} onDismiss={lab.dismissProblem} />
    </div>
  )
  if (!model || !doc) {
    return (
      <div className="lab">
        {banner ?? <Loading what={t('loading')} loaded={progress?.loaded} total={progress?.total} />}
      </div>
    )
  }
  const tool = VISION_TOOLS.find(({ id }) => id === look.tool)
  return (
    <div
      className="lab"
      data-testid="vision-lab"
      data-drawer={run && tool ? true : undefined}
      // The frames of a camera are always a little late.
      data-computing={(asked !== shown && photo?.source !== 'camera') || undefined}
    >
      {banner}
      <section className="lab-input lab-bar" aria-label={t('input')}>
        <PhotoSources lab={lab} samples={samples} />
        <ModelPicker
          small
          engine={engine}
          needs={['sees pictures']}
          chosen={model.id}
          onChoose={lab.setModel}
          openModel={openModel}
        />
      </section>
      <TokenPanel lab={lab} doc={doc} />
      <Computing {...{ run, before, asked, shown }} />
      {run ? (
        <>
          <VisionStage lab={lab} run={run} before={before} samples={samples} />
          <VisionReadouts run={run} before={before} />
          <ToolDrawer
            tools={VISION_TOOLS.map(({ id, title }) => ({ id, title: title() }))}
            chosen={look.tool}
            onChoose={(id) => lab.look({ tool: id })}
          >
            {tool && <tool.Tool lab={lab} engine={engine} run={run} samples={samples} />}
          </ToolDrawer>
        </>
      ) : asked !== shown || reading ? (
        <Loading what={t('running.model', { model: model.name })} />
      ) : (
        <EmptyState title={t('nothing')}>{t('nothing.hint')}</EmptyState>
      )}
    </div>
  )
}
