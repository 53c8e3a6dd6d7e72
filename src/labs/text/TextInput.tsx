import { type ReactNode, useMemo } from 'react'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { setPositionPolicy, setSegmentPolicy } from '../../sequence/edit.ts'
import { TEXT_FORMATS } from '../../sequence/formats.ts'
import { MAX_SEGMENTS } from '../../sequence/text.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { vocabularyOf } from '../shared/embedding/vocabulary.ts'
import { formatName, partName } from './format_names.ts'
import { SeparatorEditor } from './SeparatorEditor.tsx'
import { cutText, separatorsOf, specialEntry, type TextDoc } from './state/doc.ts'
import type { TextLab } from './state/lab.ts'
import { TruncationNote } from './TruncationNote.tsx'
import { t } from './words/words.ts'

export interface TextInputProps {
  lab: TextLab
  modelPicker: ReactNode
  doc: TextDoc
  /** What the text boxes show. */
  texts: readonly string[]
  tokenizer: TokenizerInfo
  maxTokens: number
}

/** The texts, one line each while nobody types in them, what closes each, and how they are numbered. */
export function TextInput({ lab, modelPicker, doc, texts, tokenizer, maxTokens }: TextInputProps) {
  const vocabulary = useMemo(() => vocabularyOf(tokenizer), [tokenizer])
  const separators = useMemo(() => separatorsOf(doc), [doc])
  const cut = useMemo(() => cutText(doc), [doc])
  const format = TEXT_FORMATS.find(({ id }) => id === doc.format)
  return (
    <section className="lab-input" aria-label={t('input')}>
      <div className="lab-bar">
        {modelPicker}
        <Select
          label={t('input.format')}
          inline
          testId="format"
          value={format?.id ?? ''}
          options={[
            { value: '', label: t('input.format.own'), disabled: true },
            ...TEXT_FORMATS.map((one) => ({ value: one.id, label: formatName(one) })),
          ]}
          onChange={(id) => {
            const chosen = TEXT_FORMATS.find((one) => one.id === id)
            if (chosen) void lab.openFormat(chosen)
          }}
        />
        <Segmented
          label={t('input.positions')}
          small
          testId="position-policy"
          value={doc.sequence.positionPolicy === 'keep' ? 'keep' : 'renumber'}
          options={(['renumber', 'keep'] as const).map((value) => ({
            value,
            label: t(`input.positions.${value}`),
            title: t(`input.positions.${value}.hint`),
          }))}
          onChange={(policy) => lab.edit((sequence) => setPositionPolicy(sequence, policy))}
        />
        <Segmented
          label={t('input.segments')}
          small
          testId="segment-policy"
          value={doc.sequence.segmentPolicy}
          options={(['text', 'separators'] as const).map((value) => ({
            value,
            label: t(`input.segments.${value}`),
            title: t(`input.segments.${value}.hint`),
          }))}
          onChange={(policy) => lab.edit((sequence) => setSegmentPolicy(sequence, policy))}
        />
        <Button
          small
          disabled={texts.length >= MAX_SEGMENTS}
          onClick={() => lab.addSegment()}
          data-testid="add-segment"
        >
          {t('input.segment.add')}
        </Button>
      </div>
      <div className="segments">
        {texts.map((text, s) => {
          const separator = separators[s]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment has no identity beyond its place
            <div className="segment-input" key={s}>
              <label htmlFor={`segment-${s}`}>
                {(format && partName(format, s)) ?? t('input.segment', { number: s + 1 })}
              </label>
              <textarea
                id={`segment-${s}`}
                data-testid={`text-${s}`}
                value={text}
                rows={1}
                dir="auto"
                spellCheck={false}
                onChange={(event) => lab.setText(s, event.target.value)}
              />
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
              {texts.length > 1 && (
                <Button
                  small
                  look="quiet"
                  aria-label={t('input.segment.remove.of', { number: s + 1 })}
                  onClick={() => lab.removeSegment(s)}
                >
                  {t('input.segment.remove')}
                </Button>
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
    </section>
  )
}
