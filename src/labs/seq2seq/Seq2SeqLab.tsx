import { useMemo, useState } from 'react'
import { fetchPart } from '../../core/fetch_part.ts'
import type { LabViewProps } from '../definition.ts'
import { Computing } from '../shared/Computing.tsx'
import { LabFrame, NoRun } from '../shared/LabFrame.tsx'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { toolOf } from '../shared/tool_groups.ts'
import { useLab } from '../shared/useLab.ts'
import { asEdited, seq2seqEdit } from './edit_name.ts'
import { OutputChange } from './OutputChange.tsx'
import { Readouts } from './Readouts.tsx'
import { boundOf, StagePanel } from './StagePanel.tsx'
import { Strips } from './Strips.tsx'
import type { Seq2SeqModel } from './state/doc.ts'
import { NOTHING, type Selection, type Seq2SeqLab as Seq2SeqLabState, type Side } from './state/lab.ts'
import { litBy } from './state/lit.ts'
import { STAGES } from './state/stages.ts'
import { TextBoxes } from './TextBoxes.tsx'
import { SEQ2SEQ_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** An encoder, a decoder and what the one reads in the other: two strips, three stages, one selection. */
export default function Seq2SeqLab({ lab, engine, ownModels }: LabViewProps<Seq2SeqLabState>) {
  const { model, tokenizer, doc, look, run, before, asked, shown } = useLab(lab.store)
  const [pointed, setPointed] = useState<Selection>(NOTHING)
  const known = useMemo<Seq2SeqModel | null>(
    () => model && tokenizer && { id: model.id, info: model.info, tokenizer },
    [model, tokenizer],
  )
  const isPointed = pointed.source.length + pointed.target.length > 0
  const lit = useMemo(
    () => run && litBy(run, isPointed ? pointed : look.selection, look.cross),
    [run, isPointed, pointed, look.selection, look.cross],
  )
  const bound = useMemo(() => (run ? boundOf(run, look.fit) : 1), [run, look.fit])
  const tool = toolOf(SEQ2SEQ_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'seq2seq-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model || !tokenizer || !doc || !known) return <LabFrame {...frame}>{null}</LabFrame>
  const point = (side: Side, key: number | null) => setPointed(key === null ? NOTHING : { ...NOTHING, [side]: [key] })
  return (
    <LabFrame {...frame}>
      <TextBoxes
        lab={lab}
        doc={doc}
        maxTokens={model.info.maxTokens}
        modelPicker={
          <ModelPicker
            small
            engine={engine}
            needs={['rewrites text']}
            chosen={model.id}
            onChoose={lab.setModel}
            ownModels={ownModels}
          />
        }
      />
      <Strips
        lab={lab}
        model={known}
        source={doc.source}
        target={doc.target?.sequence ?? run?.target ?? null}
        run={run}
        lit={lit}
        onPoint={point}
      />
      <Computing run={asEdited(run)} before={asEdited(before)} asked={asked} shown={shown} own={seq2seqEdit} />
      {run && lit ? (
        <>
          <OutputChange before={before} run={run} />
          <div className="stage stages" data-testid="stage">
            {STAGES.map((stage) => (
              <StagePanel key={stage} {...{ lab, run, stage, lit, bound }} info={model.info} />
            ))}
          </div>
          <Readouts
            run={run}
            before={before}
            lit={lit}
            tokenizer={tokenizer}
            python={async () => (await fetchPart(() => import('./state/python.ts'))).snippetOf(run, model, look.cross)}
          />
          <ToolDrawer groups={SEQ2SEQ_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} run={run} model={known} />}
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
