import { useMemo } from 'react'
import { fetchPart } from '../../core/fetch_part.ts'
import type { LabViewProps } from '../definition.ts'
import { AtlasPanel } from '../shared/AtlasPanel.tsx'
import { toggledHead, toggledLayer } from '../shared/ablation.ts'
import { ChangeLine } from '../shared/ChangeLine.tsx'
import { Computing } from '../shared/Computing.tsx'
import { LabFrame, NoRun } from '../shared/LabFrame.tsx'
import { MapPanel } from '../shared/MapPanel.tsx'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { toolOf } from '../shared/tool_groups.ts'
import { useChange } from '../shared/useChange.ts'
import { useLab } from '../shared/useLab.ts'
import { generateEdit } from './edit_name.ts'
import { GenerateStrip } from './GenerateStrip.tsx'
import { NextToken } from './NextToken.tsx'
import { madeBy } from './provenance.ts'
import { generateModelOf } from './state/doc.ts'
import { type GenerateLab as GenerateLabState, NEEDS } from './state/lab.ts'
import { type GenerateRun, mayRead } from './state/run.ts'
import { GENERATE_TOOLS } from './tools/index.ts'
import { WritingInput } from './WritingInput.tsx'
import { t } from './words/words.ts'

/** A causal decoder: type a prompt, let it go on token by token, choose, take back, and watch what every row reads. */
export default function GenerateLab({ lab, engine, ownModels }: LabViewProps<GenerateLabState>) {
  const { model, tokenizer, prompt, doc, look, run, before, asked, shown, writing } = useLab(lab.store)

  const tool = toolOf(GENERATE_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'generate-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    // While it writes, a run is always under way.
    computing: asked !== shown && !writing,
  }
  if (!model || !doc || !tokenizer) return <LabFrame {...frame}>{null}</LabFrame>
  return (
    <LabFrame {...frame}>
      <WritingInput
        lab={lab}
        modelPicker={
          <ModelPicker
            small
            engine={engine}
            needs={NEEDS}
            chosen={model.id}
            onChoose={lab.setModel}
            ownModels={ownModels}
          />
        }
        doc={doc}
        prompt={prompt}
        model={generateModelOf(model, tokenizer)}
        writing={writing}
        canWrite={run !== null}
      />
      <GenerateStrip lab={lab} doc={doc} look={look} tokenizer={tokenizer} info={model.info} />
      {!writing && <Computing {...{ run, before, asked, shown }} own={generateEdit} />}
      {run ? (
        <>
          <GenerateStage lab={lab} run={run} />
          <ToolDrawer groups={GENERATE_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
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

/** What the run shows: what changed, the chosen map, every map, what comes next. */
function GenerateStage({ lab, run }: { lab: GenerateLabState; run: GenerateRun }) {
  const { model, tokenizer, doc, look, before, pinned, pace } = useLab(lab.store)
  const change = useChange(before, run)
  const readableIn = useMemo(() => mayRead(run), [run])
  const mayReadHere = useMemo(
    () => (query: number, key: number) => readableIn(look.layer, query, key, look.head),
    [readableIn, look.layer, look.head],
  )
  if (!model || !tokenizer || !doc) return null
  const { info } = model
  const selectedRow = run.tokens.findIndex((token) => token.key === look.selection[0])
  const made = madeBy(lab, run)
  const onChoice = ({ layer, head }: { layer: number; head: number | 'mean' }) => lab.look({ layer, head })

  /** Painting is a tool: its cells follow the tokens of the run that is painted on. */
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
          onPaint={look.tool === 'mask' ? onPaint : undefined}
          selected={selectedRow < 0 ? null : selectedRow}
          onSelect={(row) => {
            const token = row === null ? undefined : run.tokens[row]
            lab.look({ selection: token ? [token.key] : [] })
          }}
          made={made}
          python={async () => {
            const { snippetOf } = await fetchPart(() => import('./state/python.ts'))
            return snippetOf(run, model, tokenizer.labels)
          }}
          pin={{
            pinned: pinned !== null,
            onPin: (on) => lab.pin(on ? run : null),
            onCompare: () => lab.look({ tool: 'compare' }),
          }}
          readable={mayReadHere}
          fresh={run.kept}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        />
        <AtlasPanel
          info={info}
          run={run}
          choice={look}
          onChoice={onChoice}
          change={change}
          ablated={run.doc.ablated}
          onToggleHead={(layer, head) => lab.setAblated(toggledHead(doc.ablated, layer, head))}
          onToggleLayer={(layer) => lab.setAblated(toggledLayer(doc.ablated, layer, info.heads))}
          made={made}
          fit={look.fit}
        />
      </div>
      <NextToken
        lab={lab}
        run={run}
        doc={doc}
        tokenizer={tokenizer}
        model={generateModelOf(model, tokenizer)}
        pace={pace}
      />
    </>
  )
}
