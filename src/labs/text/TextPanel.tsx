import { type ReactNode, useMemo } from 'react'
import { SPECIAL_KINDS, type SpecialKind } from '../../core/tokens.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { replace, restoreOriginal, setPositionPolicy, setSegment } from '../../sequence/edit.ts'
import { TEXT_FORMATS } from '../../sequence/formats.ts'
import { positionIds, segmentIds } from '../../sequence/numbering.ts'
import { MAX_SEGMENTS } from '../../sequence/text.ts'
import { isUntrained } from '../../sequence/token.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { TokenStrip } from '../../views/tokens/TokenStrip.tsx'
import { stripIntents } from '../shared/intents.ts'
import { stripTokens } from '../shared/tokens.ts'
import { SeparatorEditor } from './SeparatorEditor.tsx'
import { cutText, separatorsOf, specialEntry, type TextDoc } from './state/doc.ts'
import type { TextLab, TextLook } from './state/lab.ts'
import { TruncationNote } from './TruncationNote.tsx'
import { vocabularyOf } from './vocabulary.ts'

export interface TextPanelProps {
  lab: TextLab
  modelPicker: ReactNode
  doc: TextDoc
  /** What the text boxes show. */
  texts: readonly string[]
  look: TextLook
  tokenizer: TokenizerInfo
  maxTokens: number
  /** Rows of the model's segment table. */
  segmentTypes: number
}

/** The input: texts in segments, what closes each, and the tokens they make. */
export function TextPanel({ lab, modelPicker, doc, texts, look, tokenizer, maxTokens, segmentTypes }: TextPanelProps) {
  const numbering = useMemo(
    () => ({ ...positionIds(doc.sequence, maxTokens), segments: segmentIds(doc.sequence, segmentTypes) }),
    [doc.sequence, maxTokens, segmentTypes],
  )
  const chips = useMemo(() => stripTokens(doc.sequence, numbering), [doc.sequence, numbering])
  const vocabulary = useMemo(() => vocabularyOf(tokenizer), [tokenizer])
  const offers = useMemo(() => insertable(tokenizer), [tokenizer])
  const separators = useMemo(() => separatorsOf(doc), [doc])
  const cut = useMemo(() => cutText(doc), [doc])
  const format = TEXT_FORMATS.find(({ id }) => id === doc.format)
  const intents = stripIntents({
    edit: lab.edit,
    entry: (kind) => specialEntry(tokenizer, kind as SpecialKind),
    select: (selection) => lab.look({ selection }),
  })

  return (
    <Panel
      title="Text"
      lead="Type: the tokens follow, and what you inserted stays."
      actions={
        <>
          {modelPicker}
          <Select
            label="Format"
            inline
            testId="format"
            value={format?.id ?? ''}
            options={[
              { value: '', label: 'your own', disabled: true },
              ...TEXT_FORMATS.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(id) => {
              const chosen = TEXT_FORMATS.find((one) => one.id === id)
              if (chosen) void lab.openFormat(chosen)
            }}
          />
          <Segmented
            label="Position ids"
            small
            testId="position-policy"
            value={doc.sequence.positionPolicy === 'keep' ? 'keep' : 'renumber'}
            options={[
              {
                value: 'renumber',
                label: 'renumber @',
                title: 'Position ids: later tokens shift when one is inserted',
              },
              {
                value: 'keep',
                label: 'keep @',
                title: 'Position ids: the text keeps its own; an inserted token takes its neighbour’s',
              },
            ]}
            onChange={(policy) => lab.edit((sequence) => setPositionPolicy(sequence, policy))}
          />
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
        {texts.map((text, s) => {
          const separator = separators[s]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment has no identity beyond its place
            <div className="segment-input" key={s}>
              <label htmlFor={`segment-${s}`}>{format?.segments[s]?.name ?? `Segment ${s + 1}`}</label>
              <textarea
                id={`segment-${s}`}
                data-testid={`text-${s}`}
                value={text}
                rows={1}
                dir="auto"
                spellCheck={false}
                onChange={(event) => lab.setText(s, event.target.value)}
              />
              {texts.length > 1 && (
                <Button small look="quiet" aria-label={`Remove segment ${s + 1}`} onClick={() => lab.removeSegment(s)}>
                  Remove
                </Button>
              )}
              {separator && (
                <SeparatorEditor
                  segment={s + 1}
                  separator={separator}
                  trained={specialEntry(tokenizer, 'sep')}
                  typedName={format?.typedSeparator ?? '[SEP_QA]'}
                  vocabulary={vocabulary}
                  onChange={(entry) => lab.setSeparator(s, entry)}
                />
              )}
            </div>
          )
        })}
      </div>
      {cut.length > 0 && (
        <TruncationNote
          cut={cut}
          maxTokens={maxTokens}
          segments={doc.texts.length}
          strategy={doc.truncation}
          onStrategy={lab.setTruncation}
        />
      )}
      <TokenStrip
        tokens={chips}
        selected={look.selection.map(String)}
        offers={offers}
        {...intents}
        onReplaceMask={(keys) =>
          lab.edit((sequence) => replace(sequence, keys.map(Number), specialEntry(tokenizer, 'mask')))
        }
        onRestoreOriginal={(keys) => lab.edit((sequence) => restoreOriginal(sequence, keys.map(Number)))}
        onEmbedding={(keys) => {
          lab.look({ tool: 'embedding', selection: keys.map(Number) })
          requestAnimationFrame(() => document.getElementById('tools')?.scrollIntoView({ block: 'nearest' }))
        }}
        onSegment={(keys, segment) =>
          lab.edit((sequence) => setSegment(sequence, keys.map(Number), segment ?? undefined))
        }
      />
      {numbering.clamped.length > 0 && (
        <p className="hint" role="status" data-testid="clamped">
          {numbering.clamped.length === 1 ? '1 position' : `${numbering.clamped.length} positions`} beyond the model’s
          table: position {maxTokens - 1}, its last, is used.
        </p>
      )}
    </Panel>
  )
}

/** Every special kind; the ones this vocabulary lacks say so. */
function insertable(tokenizer: TokenizerInfo) {
  return SPECIAL_KINDS.map((kind) => {
    const entry = specialEntry(tokenizer, kind)
    return { kind, ...(isUntrained(entry) && { hint: 'untrained in this model' }) }
  })
}
