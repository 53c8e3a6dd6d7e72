import { useMemo } from 'react'
import type { ErrorReport } from '../../core/errors.ts'
import { replace } from '../../sequence/edit.ts'
import { readable } from '../../sequence/mask.ts'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { EmptyState, Loading } from '../../views/shell/Loading.tsx'
import type { LabViewProps } from '../definition.ts'
import { AttentionStage } from '../shared/AttentionStage.tsx'
import { toggledHead, toggledLayer } from '../shared/ablation.ts'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { Toolbox } from '../shared/Toolbox.tsx'
import { mapTokens } from '../shared/tokens.ts'
import { useFileDrop } from '../shared/useFileDrop.ts'
import { useLab } from '../shared/useLab.ts'
import { madeBy } from './provenance.ts'
import type { TextLab as TextLabState } from './state/lab.ts'
import { snippetOf } from './state/python.ts'
import { TextPanel } from './TextPanel.tsx'
import { TextReadouts } from './TextReadouts.tsx'
import { TEXT_TOOLS } from './tools/index.ts'

/** Special tokens in an encoder of text: type, insert, move, hide, mask, remove, and watch every map. */
export default function TextLab({ lab, engine, openModel }: LabViewProps<TextLabState>) {
  const { model, tokenizer, texts, doc, look, run, pinned, problem } = useLab(lab.store)
  const { progress, status } = useLab(engine.store)
  useFileDrop(lab.showFile)

  const runTokens = useMemo(() => mapTokens(run?.tokens ?? []), [run])
  const mayRead = useMemo(() => run && readable(run.doc.sequence, run.doc.mask), [run])
  const mayReadHere = useMemo(
    () => mayRead && ((query: number, key: number) => mayRead(look.layer, query, key)),
    [mayRead, look.layer],
  )

  if (!model || !doc || !tokenizer) {
    return (
      <div className="lab">
        <Problem problem={problem} onDismiss={lab.dismissProblem} />
        {!problem && <Loading what="Loading the text model" loaded={progress?.loaded} total={progress?.total} />}
      </div>
    )
  }

  const selectedRow = run ? run.tokens.findIndex((token) => token.key === look.selection[0]) : -1
  const tool = TEXT_TOOLS.find(({ id }) => id === look.tool) ?? (TEXT_TOOLS[0] as (typeof TEXT_TOOLS)[number])

  /** Painting is a tool: its cells follow the tokens of the run that is painted on. */
  const onPaint = (query: number, key: number, readable: boolean) => {
    const [q, k] = [run?.tokens[query], run?.tokens[key]]
    if (q && k) lab.paint([{ layer: look.paint === 'all' ? 'all' : look.layer, query: q.key, key: k.key, readable }])
  }

  return (
    <div className="lab" data-testid="text-lab">
      <Problem problem={problem} onDismiss={lab.dismissProblem} />
      <TextPanel
        lab={lab}
        modelPicker={
          <ModelPicker
            small
            engine={engine}
            needs={['reads text']}
            chosen={model.id}
            onChoose={lab.setModel}
            openModel={openModel}
          />
        }
        doc={doc}
        texts={texts}
        look={look}
        tokenizer={tokenizer}
        maxTokens={model.info.maxTokens}
        segmentTypes={model.info.segmentTypes ?? 1}
      />
      {run ? (
        <>
          <div className="lab-columns">
            <AttentionStage
              info={model.info}
              result={run.result}
              tokens={runTokens}
              choice={look}
              onChoice={({ layer, head }) => lab.look({ layer, head })}
              ablated={run.doc.ablated}
              onToggleHead={(layer, head) => lab.setAblated(toggledHead(doc.ablated, layer, head))}
              onToggleLayer={(layer) => lab.setAblated(toggledLayer(doc.ablated, layer, model.info.heads))}
              onPaint={look.tool === 'mask' ? onPaint : undefined}
              selected={selectedRow < 0 ? null : selectedRow}
              onSelect={(row) => {
                const token = row === null ? undefined : run.tokens[row]
                lab.look({ selection: token ? [token.key] : [] })
              }}
              made={madeBy(lab, run)}
              python={() => snippetOf(run, model, look)}
              pin={{
                pinned: pinned !== null,
                onPin: (on) => lab.pin(on ? run : null),
                onCompare: () => lab.look({ tool: 'compare' }),
              }}
              readable={mayReadHere ?? undefined}
            />
            <TextReadouts
              run={run}
              tokenizer={tokenizer}
              info={model.info}
              onChoose={(key, { id, word }) =>
                lab.edit((sequence) => replace(sequence, [Number(key)], { kind: 'word', id, label: word }))
              }
            />
          </div>
          <Toolbox tools={TEXT_TOOLS} chosen={tool.id} onChoose={(id) => lab.look({ tool: id })}>
            <tool.Tool lab={lab} engine={engine} run={run} />
          </Toolbox>
        </>
      ) : status.lifecycle === 'running' ? (
        <Loading what={`Running ${model.name}`} />
      ) : (
        <EmptyState title="Nothing has run yet">Type a text, or restore a token.</EmptyState>
      )}
    </div>
  )
}

function Problem({ problem, onDismiss }: { problem: ErrorReport | null; onDismiss: () => void }) {
  return problem && <ErrorBanner error={problem} onDismiss={onDismiss} />
}
