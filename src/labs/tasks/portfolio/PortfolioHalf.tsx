import { Computing } from '../../shared/Computing.tsx'
import { LabFrame, NoRun } from '../../shared/LabFrame.tsx'
import { ToolDrawer } from '../../shared/ToolDrawer.tsx'
import { toolOf } from '../../shared/tool_groups.ts'
import { useLab } from '../../shared/useLab.ts'
import type { HalfViewProps } from '../half.ts'
import { AssetStrip } from './AssetStrip.tsx'
import { named, portfolioEdit } from './edit_name.ts'
import { PortfolioReadouts } from './PortfolioReadouts.tsx'
import { PortfolioStage } from './PortfolioStage.tsx'
import { PriceSources } from './PriceSources.tsx'
import type { PortfolioLab } from './state/lab.ts'
import { PORTFOLIO_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** Assets of a portfolio, a class token for each horizon and one for all, and what each answers. */
export function PortfolioHalf({ lab, engine, picker }: HalfViewProps<PortfolioLab>) {
  const { samples } = useLab(lab.samples)
  const { model, doc, look, run, before, asked, shown, reading } = useLab(lab.store)
  const tool = toolOf(PORTFOLIO_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'tasks-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model) return <LabFrame {...frame}>{null}</LabFrame>
  return (
    <LabFrame {...frame}>
      <section className="lab-input lab-bar" aria-label={t('input')}>
        <PriceSources lab={lab} samples={samples} />
        {picker}
      </section>
      {doc && <AssetStrip lab={lab} doc={doc} run={run} />}
      <Computing run={named(run)} before={named(before)} asked={asked} shown={shown} own={portfolioEdit} />
      {run ? (
        <>
          <PortfolioStage lab={lab} run={run} before={before} />
          <PortfolioReadouts lab={lab} run={run} before={before} />
          <ToolDrawer groups={PORTFOLIO_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
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
