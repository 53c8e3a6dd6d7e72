import { useMemo } from 'react'
import type { LabViewProps } from '../definition.ts'
import { ChangeLine } from '../shared/ChangeLine.tsx'
import { Computing } from '../shared/Computing.tsx'
import { LabFrame, NoRun } from '../shared/LabFrame.tsx'
import { MapPanel } from '../shared/MapPanel.tsx'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { toolOf } from '../shared/tool_groups.ts'
import { useChange } from '../shared/useChange.ts'
import { useLab } from '../shared/useLab.ts'
import { BoardPanel } from './BoardPanel.tsx'
import { masksEdit } from './edit_name.ts'
import { MasksInput } from './MasksInput.tsx'
import { MasksReadouts } from './MasksReadouts.tsx'
import { MasksStrip } from './MasksStrip.tsx'
import { madeBy } from './provenance.ts'
import { type MasksLab as MasksLabState, NEEDS } from './state/lab.ts'
import { type MasksRun, mayRead } from './state/run.ts'
import { MASKS_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** Who may read whom: write it, choose it, paint it, and see what every edit does to what the model says. */
export default function MasksLab({ lab, engine, ownModels, addressIn }: LabViewProps<MasksLabState>) {
  const { model, tokenizer, texts, doc, look, run, before, asked, shown } = useLab(lab.store)
  const tool = toolOf(MASKS_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'masks-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model || !doc || !tokenizer) return <LabFrame {...frame}>{null}</LabFrame>
  return (
    <LabFrame {...frame}>
      <MasksInput
        lab={lab}
        doc={doc}
        texts={texts}
        info={model.info}
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
      />
      <MasksStrip lab={lab} doc={doc} look={look} tokenizer={tokenizer} info={model.info} />
      <Computing {...{ run, before, asked, shown }} own={masksEdit} />
      {run ? (
        <>
          <MasksStage lab={lab} run={run} before={before} />
          <ToolDrawer groups={MASKS_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} run={run} doc={doc} addressIn={addressIn} />}
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

/** What the run shows: what changed, its mask, what is read through it, the answers. */
function MasksStage({ lab, run, before }: { lab: MasksLabState; run: MasksRun; before: MasksRun | null }) {
  const { tokenizer, look, pinned } = useLab(lab.store)
  const change = useChange(before, run)
  const readableIn = useMemo(() => mayRead(run.doc.sequence, run.doc.mask, run.info), [run])
  const readable = useMemo(
    () => (query: number, key: number) => readableIn(look.layer, query, key, look.head),
    [readableIn, look.layer, look.head],
  )
  const selected = run.tokens.findIndex(({ key }) => key === look.selection[0])
  const select = (row: number | null) => {
    const token = row === null ? undefined : run.tokens[row]
    lab.look({ selection: token ? [token.key] : [] })
  }
  if (!tokenizer) return null
  return (
    <>
      <ChangeLine change={change} onChoice={({ layer, head }) => lab.look({ layer, head })} />
      <div className="stage mask-stage" data-testid="stage">
        <BoardPanel
          lab={lab}
          run={run}
          readable={readableIn}
          selected={selected < 0 ? null : selected}
          onSelect={select}
        />
        <MapPanel
          run={run}
          choice={look}
          change={change}
          selected={selected < 0 ? null : selected}
          onSelect={select}
          made={madeBy(lab, run)}
          pin={{
            pinned: pinned !== null,
            onPin: (on) => lab.pin(on ? run : null),
            onCompare: () => lab.look({ tool: 'compare' }),
          }}
          readable={readable}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        />
      </div>
      <MasksReadouts
        run={run}
        before={before}
        tokenizer={tokenizer}
        onSelect={(key) => lab.look({ selection: [key] })}
      />
    </>
  )
}
