import { useMemo } from 'react'
import { fetchPart } from '../../core/fetch_part.ts'
import { replace } from '../../sequence/edit.ts'
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
import { textEdit } from './edit_name.ts'
import { madeBy } from './provenance.ts'
import type { TextLab as TextLabState } from './state/lab.ts'
import { mayRead, type TextRun } from './state/run.ts'
import { TextInput } from './TextInput.tsx'
import { TextReadouts } from './TextReadouts.tsx'
import { TextStrip } from './TextStrip.tsx'
import { TEXT_TOOLS } from './tools/index.ts'
import { t } from './words/words.ts'

/** Special tokens in an encoder of text: type, insert, move, hide, mask, remove, and watch every map. */
export default function TextLab({ lab, engine, ownModels }: LabViewProps<TextLabState>) {
  const { model, tokenizer, texts, doc, look, run, before, asked, shown } = useLab(lab.store)

  const tool = toolOf(TEXT_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'text-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown,
  }
  if (!model || !doc || !tokenizer) return <LabFrame {...frame}>{null}</LabFrame>
  return (
    <LabFrame {...frame}>
      <TextInput
        lab={lab}
        modelPicker={
          <ModelPicker
            small
            engine={engine}
            needs={['reads text']}
            chosen={model.id}
            onChoose={lab.setModel}
            ownModels={ownModels}
          />
        }
        doc={doc}
        texts={texts}
        tokenizer={tokenizer}
        maxTokens={model.info.maxTokens}
      />
      <TextStrip lab={lab} doc={doc} look={look} tokenizer={tokenizer} info={model.info} />
      <Computing {...{ run, before, asked, shown }} own={textEdit} />
      {run ? (
        <>
          <TextStage lab={lab} run={run} />
          <ToolDrawer groups={TEXT_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
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

/** What the run shows: what changed, the chosen map, every map, the answers. */
function TextStage({ lab, run }: { lab: TextLabState; run: TextRun }) {
  const { model, tokenizer, doc, look, before, pinned } = useLab(lab.store)
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
      <ChangeLine
        change={change}
        onChoice={onChoice}
        onSeparate={() => {
          lab.pin(before)
          lab.look({ tool: 'compare' })
        }}
      />
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
          python={async () => (await fetchPart(() => import('./state/python.ts'))).snippetOf(run, model, look)}
          pin={{
            pinned: pinned !== null,
            onPin: (on) => lab.pin(on ? run : null),
            onCompare: () => lab.look({ tool: 'compare' }),
          }}
          readable={mayReadHere}
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
      <TextReadouts
        run={run}
        before={before}
        tokenizer={tokenizer}
        info={info}
        selected={look.selection[0] ?? null}
        onSelect={(key) => lab.look({ selection: [key] })}
        onChoose={(key, { id, word }) =>
          lab.edit((sequence) => replace(sequence, [Number(key)], { kind: 'word', id, label: word }))
        }
      />
    </>
  )
}
