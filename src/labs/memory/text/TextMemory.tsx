import { useMemo } from 'react'
import { Panel } from '../../../views/shell/Panel.tsx'
import type { LabViewProps } from '../../definition.ts'
import { AtlasPanel } from '../../shared/AtlasPanel.tsx'
import { toggledHead, toggledLayer } from '../../shared/ablation.ts'
import { ChangeLine } from '../../shared/ChangeLine.tsx'
import { Computing } from '../../shared/Computing.tsx'
import { LabFrame, NoRun } from '../../shared/LabFrame.tsx'
import { MapPanel } from '../../shared/MapPanel.tsx'
import { ToolDrawer } from '../../shared/ToolDrawer.tsx'
import { toolOf } from '../../shared/tool_groups.ts'
import { useChange } from '../../shared/useChange.ts'
import { useLab } from '../../shared/useLab.ts'
import { memoryEdit } from './edit_name.ts'
import { help } from './help/help.ts'
import { MaskFigure } from './MaskFigure.tsx'
import { MemoryInput } from './MemoryInput.tsx'
import { MemoryReadouts } from './MemoryReadouts.tsx'
import { MemoryStrip } from './MemoryStrip.tsx'
import { madeBy } from './provenance.ts'
import type { TextMemory as TextMemoryState } from './state/lab.ts'
import { type MemoryRun, mayRead } from './state/run.ts'
import { MEMORY_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** Memory tokens of a text encoder: what they read of the text, and what the text reads of them. */
export default function TextMemory({ lab, engine, ownModels }: LabViewProps<TextMemoryState>) {
  const { model, doc, tokenizer, look, run, before, asked, shown } = useLab(lab.store)
  const tool = toolOf(MEMORY_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'memory-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model || !doc || !tokenizer) return <LabFrame {...frame}>{null}</LabFrame>
  return (
    <LabFrame {...frame}>
      <MemoryInput lab={lab} engine={engine} ownModels={ownModels} />
      <MemoryStrip lab={lab} />
      <Computing {...{ run, before, asked, shown }} own={memoryEdit} />
      {run ? (
        <>
          <MemoryStage lab={lab} run={run} before={before} />
          <MemoryReadouts lab={lab} run={run} before={before} tokenizer={tokenizer} />
          <ToolDrawer groups={MEMORY_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} run={run} tokenizer={tokenizer} />}
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

/** What changed, the chosen map with the mask over it, the mask by itself, every map. */
function MemoryStage({ lab, run, before }: { lab: TextMemoryState; run: MemoryRun; before: MemoryRun | null }) {
  const { doc, look, pinned } = useLab(lab.store)
  const change = useChange(before, run)
  const readableIn = useMemo(() => mayRead(run), [run])
  const readableHere = useMemo(
    () => (query: number, key: number) => readableIn(look.layer, query, key),
    [readableIn, look.layer],
  )
  if (!doc) return null
  const { info } = run.model
  const selected = run.tokens.findIndex(({ key }) => key === look.selection[0])
  const onChoice = ({ layer, head }: { layer: number; head: number | 'mean' }) => lab.look({ layer, head })
  const onPaint = (query: number, key: number, readable: boolean) => {
    const [q, k] = [run.tokens[query], run.tokens[key]]
    if (q && k) lab.paint([{ layer: look.paint === 'all' ? 'all' : look.layer, query: q.key, key: k.key, readable }])
  }
  return (
    <>
      <ChangeLine change={change} onChoice={onChoice} />
      <div className="stage" data-testid="stage">
        <MapPanel
          run={run}
          choice={look}
          change={change}
          selected={selected < 0 ? null : selected}
          onSelect={(row) => {
            const token = row === null ? undefined : run.tokens[row]
            lab.look({ selection: token ? [token.key] : [] })
          }}
          readable={readableHere}
          onPaint={look.tool === 'mask' ? onPaint : undefined}
          made={madeBy(lab, run)}
          pin={{ pinned: pinned !== null, onPin: (on) => lab.pin(on ? run : null) }}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        />
        <div className="stage-side">
          <Panel help={help('mask-panel')} title={t('mask.title', { layer: look.layer + 1 })} testId="mask-panel">
            <MaskFigure run={run} layer={look.layer} />
          </Panel>
          <AtlasPanel
            info={info}
            run={run}
            choice={look}
            onChoice={onChoice}
            change={change}
            ablated={run.doc.ablated}
            onToggleHead={(layer, head) => lab.setAblated(toggledHead(doc.ablated, layer, head))}
            onToggleLayer={(layer) => lab.setAblated(toggledLayer(doc.ablated, layer, info.heads))}
            made={madeBy(lab, run)}
            fit={look.fit}
          />
        </div>
      </div>
    </>
  )
}
