import { Computing } from '../../shared/Computing.tsx'
import { LabFrame, NoRun } from '../../shared/LabFrame.tsx'
import { ToolDrawer } from '../../shared/ToolDrawer.tsx'
import { toolOf } from '../../shared/tool_groups.ts'
import { useLab } from '../../shared/useLab.ts'
import type { HalfViewProps } from '../half.ts'
import { ClsStrip } from './ClsStrip.tsx'
import { named, pictureEdit } from './edit_name.ts'
import { PictureReadouts } from './PictureReadouts.tsx'
import { PictureSources } from './PictureSources.tsx'
import { PictureStage } from './PictureStage.tsx'
import type { PictureLab } from './state/lab.ts'
import { PICTURE_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** A picture, a class token for each of its tasks, and what each answers. */
export function PictureHalf({ lab, engine, picker }: HalfViewProps<PictureLab>) {
  const { samples } = useLab(lab.samples)
  const { model, doc, look, run, before, asked, shown, reading } = useLab(lab.store)
  const tool = toolOf(PICTURE_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'tasks-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model || !doc) return <LabFrame {...frame}>{null}</LabFrame>
  return (
    <LabFrame {...frame}>
      <section className="lab-input lab-bar" aria-label={t('input')}>
        <PictureSources lab={lab} samples={samples} />
        {picker}
      </section>
      <ClsStrip lab={lab} doc={doc} />
      <Computing run={named(run)} before={named(before)} asked={asked} shown={shown} own={pictureEdit} />
      {run ? (
        <>
          <PictureStage lab={lab} run={run} before={before} samples={samples} />
          <PictureReadouts run={run} before={before} />
          <ToolDrawer groups={PICTURE_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
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
