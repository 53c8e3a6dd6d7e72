import { useEffect, useMemo } from 'react'
import type { ErrorReport } from '../../core/errors.ts'
import { SPECIAL_KINDS } from '../../core/tokens.ts'
import { replace, restoreOriginal, setSegment } from '../../sequence/edit.ts'
import { readable } from '../../sequence/mask.ts'
import { positionIds, segmentIds } from '../../sequence/numbering.ts'
import { MAX_SEGMENTS } from '../../sequence/text.ts'
import type { Engine } from '../../state/engine.ts'
import { specialEntry } from '../../state/text_doc.ts'
import type { TextLab as TextLabModel } from '../../state/text_lab.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { EmptyState, Loading } from '../../views/shell/Loading.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import { AttentionStage } from '../shared/AttentionStage.tsx'
import { stripIntents } from '../shared/intents.ts'
import { Toolbox } from '../shared/Toolbox.tsx'
import { mapTokens, stripTokens } from '../shared/tokens.ts'
import { useLab } from '../shared/useLab.ts'
import { TextReadouts } from './TextReadouts.tsx'
import { TEXT_TOOLS } from './tools/index.ts'

const INSERTABLE = SPECIAL_KINDS.map((kind) => ({ kind }))

/** Special tokens in an encoder of text: type, insert, move, hide, mask, remove, and watch every map. */
export function TextLab({ lab, engine }: { lab: TextLabModel; engine: Engine }) {
  const { model, tokenizer, texts, doc, look, run, problem } = useLab(lab.store)
  const { progress } = useLab(engine.store)
  useUndoKeys(lab)

  const numbering = useMemo(() => {
    if (!doc || !model) return { positions: [], segments: [] }
    return {
      positions: positionIds(doc.sequence, model.info.maxTokens).positions,
      segments: segmentIds(doc.sequence, model.info.segmentTypes ?? 1),
    }
  }, [doc, model])
  const chips = useMemo(() => (doc ? stripTokens(doc.sequence, numbering) : []), [doc, numbering])
  const runTokens = useMemo(() => mapTokens(run?.tokens ?? []), [run])
  const mayRead = useMemo(() => run && readable(run.doc.sequence, run.doc.mask), [run])

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
  const intents = stripIntents({
    edit: lab.edit,
    entry: (kind) => specialEntry(tokenizer, kind as (typeof SPECIAL_KINDS)[number]),
    select: (selection) => lab.look({ selection }),
  })
  const maskEntry = specialEntry(tokenizer, 'mask')

  return (
    <div className="lab" data-testid="text-lab">
      <Problem problem={problem} onDismiss={lab.dismissProblem} />
      <Panel
        title="Text"
        lead="Type: the tokens follow, and what you inserted stays."
        actions={
          <>
            <Button small look="quiet" onClick={lab.undo} data-testid="undo">
              Undo
            </Button>
            <Button small look="quiet" onClick={lab.redo} data-testid="redo">
              Redo
            </Button>
            <Button
              small
              disabled={texts.length >= MAX_SEGMENTS}
              onClick={() => lab.addSegment()}
              data-testid="add-segment"
            >
              Add a segment
            </Button>
          </>
        }
      >
        <div className="segments">
          {texts.map((text, s) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment has no identity beyond its place
            <div className="segment-input" key={s}>
              <label htmlFor={`segment-${s}`}>Segment {s + 1}</label>
              <textarea
                id={`segment-${s}`}
                data-testid={`text-${s}`}
                value={text}
                rows={1}
                spellCheck={false}
                onChange={(event) => lab.setText(s, event.target.value)}
              />
              {texts.length > 1 && (
                <Button small look="quiet" aria-label={`Remove segment ${s + 1}`} onClick={() => lab.removeSegment(s)}>
                  Remove
                </Button>
              )}
            </div>
          ))}
        </div>
        <TokenStrip
          tokens={chips}
          selected={look.selection.map(String)}
          offers={INSERTABLE}
          {...intents}
          onReplaceMask={(keys) => lab.edit((sequence) => replace(sequence, keys.map(Number), maskEntry))}
          onRestoreOriginal={(keys) => lab.edit((sequence) => restoreOriginal(sequence, keys.map(Number)))}
          onSegment={(keys, segment) =>
            lab.edit((sequence) => setSegment(sequence, keys.map(Number), segment ?? undefined))
          }
        />
      </Panel>
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
              onToggleHead={(layer, head) => lab.setAblated(toggled(doc.ablated, layer, head))}
              selected={selectedRow < 0 ? null : selectedRow}
              onSelect={(row) => {
                const token = row === null ? undefined : run.tokens[row]
                lab.look({ selection: token ? [token.key] : [] })
              }}
              readable={mayRead ? (query, key) => mayRead(look.layer, query, key) : undefined}
            />
            <TextReadouts
              run={run}
              tokenizer={tokenizer}
              labels={model.info.labels}
              onChoose={(key, { id, word }) =>
                lab.edit((sequence) => replace(sequence, [Number(key)], { kind: 'word', id, label: word }))
              }
            />
          </div>
          <Toolbox tools={TEXT_TOOLS} chosen={tool.id} onChoose={(id) => lab.look({ tool: id })}>
            <tool.Tool lab={lab} engine={engine} run={run} />
          </Toolbox>
        </>
      ) : (
        <EmptyState title="Nothing has run yet">Type a text, or restore a token.</EmptyState>
      )}
    </div>
  )
}

function Problem({ problem, onDismiss }: { problem: ErrorReport | null; onDismiss: () => void }) {
  return problem && <ErrorBanner error={problem} onDismiss={onDismiss} />
}

function toggled(pairs: readonly [number, number][], layer: number, head: number): [number, number][] {
  const rest = pairs.filter(([l, h]) => l !== layer || h !== head)
  return rest.length < pairs.length ? rest : [...pairs, [layer, head]]
}

/** Ctrl+Z and Ctrl+Shift+Z (or Cmd) everywhere but in a text box, which has its own undo. */
function useUndoKeys(lab: Pick<TextLabModel, 'undo' | 'redo'>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement
      if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      if (event.shiftKey) lab.redo()
      else lab.undo()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [lab])
}
