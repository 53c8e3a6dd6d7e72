import type { ReactNode } from 'react'
import type { ModelInfo } from '../../engine/protocol.ts'
import { MAX_SEGMENTS } from '../../sequence/text.ts'
import { Button } from '../../views/primitives/Button.tsx'
import { IntegerField } from '../../views/primitives/IntegerField.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { useLab } from '../shared/useLab.ts'
import { namedOf } from './named_of.ts'
import { cutPieces, type MasksDoc } from './state/doc.ts'
import type { MasksLab } from './state/lab.ts'
import { parse } from './state/language.ts'
import { NAMED_GROUPS, type NamedGroup } from './state/named.ts'
import { withValue } from './state/rules.ts'
import { t } from './words/words.ts'

export interface MasksInputProps {
  lab: MasksLab
  doc: MasksDoc
  /** What the text boxes show. */
  texts: readonly string[]
  info: ModelInfo
  modelPicker: ReactNode
}

/** The model, the mask by its name with its numbers, and the texts. */
export function MasksInput({ lab, doc, texts, info, modelPicker }: MasksInputProps) {
  const { look } = useLab(lab.store)
  const named = namedOf(doc, look.named)
  const [rule] = doc.rules
  const cut = cutPieces(doc)
  return (
    <section className="lab-input" aria-label={t('input')}>
      <div className="lab-bar masks-bar">
        {modelPicker}
        <Select
          label={t('named')}
          inline
          testId="named"
          value={named?.id ?? ''}
          options={[
            ...(named ? [] : [{ value: '', label: t('named.own'), disabled: true }]),
            ...(Object.keys(NAMED_GROUPS) as NamedGroup[]).flatMap((group) =>
              NAMED_GROUPS[group].map((id) => ({
                value: id as string,
                label: t(`named.${id}`),
                group: t(`group.${group}`),
              })),
            ),
          ]}
          onChange={lab.setNamed}
        />
        {named && rule && (
          <>
            {parse(rule.text).where.map(([name, value]) => (
              <IntegerField
                key={name}
                label={name}
                inline
                value={value}
                max={Math.max(512, info.maxTokens)}
                testId={`constant-${name}`}
                onChange={(next) => lab.setRules([withValue(rule, name, next)], `constant ${name}`)}
              />
            ))}
            <span className="hint masks-source" data-testid="source" title={named.source}>
              {t('named.source')} <cite className="mono">{named.source}</cite>
            </span>
          </>
        )}
        <Button small disabled={texts.length >= MAX_SEGMENTS} onClick={() => void lab.addText()} data-testid="add-text">
          {t('text.add')}
        </Button>
      </div>
      {named?.texts !== undefined && texts.length < named.texts && (
        <p className="hint" role="status" data-testid="wants-texts">
          {t('named.texts', { count: named.texts })}
        </p>
      )}
      <div className="segments">
        {texts.map((text, s) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text has no identity beyond its place
          <div className="segment-input" key={s}>
            <label htmlFor={`text-${s}`}>{t('text', { number: s + 1 })}</label>
            <textarea
              id={`text-${s}`}
              data-testid={`text-${s}`}
              value={text}
              rows={1}
              dir="auto"
              spellCheck={false}
              onChange={(event) => lab.setText(s, event.target.value)}
            />
            {texts.length > 1 && (
              <Button
                small
                look="quiet"
                aria-label={t('text.remove.of', { number: s + 1 })}
                onClick={() => void lab.removeText(s)}
              >
                {t('text.remove')}
              </Button>
            )}
          </div>
        ))}
      </div>
      {cut > 0 && (
        <p className="hint" role="status" data-testid="cut">
          {t('text.cut', { count: cut, most: info.maxTokens })}
        </p>
      )}
    </section>
  )
}
