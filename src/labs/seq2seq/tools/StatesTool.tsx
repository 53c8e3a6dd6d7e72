import { useMemo, useState } from 'react'
import { Field } from '../../../views/primitives/Field.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatValue } from '../../../viz/format.ts'
import { useLab } from '../../shared/useLab.ts'
import { type EncoderStates, sourceOf, textOf } from '../state/doc.ts'
import { totalLogP } from '../state/outputs.ts'
import { piecesOf } from '../state/pieces.ts'
import { encoderStates, runTarget, written } from '../state/run.ts'
import { useComputed } from '../useComputed.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

const TYPES = ['own', 'zeros', 'mean', 'other'] as const
type StatesType = (typeof TYPES)[number]

interface Replaced {
  type: StatesType
  /** What the model writes of these states. */
  writes: string
  /** Σ ln p of the output on screen. */
  logP: number
}

/** What stands in the place of the encoder's states, and what the decoder then says: without them it is a language model. */
export default function StatesTool({ lab, engine, model, run }: Seq2SeqToolProps) {
  const { doc } = useLab(lab.store)
  const [text, setText] = useState(doc?.states.type === 'other' ? doc.states.text : t('states.other.example'))
  const of = useMemo(() => ({ run, text }), [run, text])
  const found = useComputed<Replaced[]>(async (step) => {
    const done: Replaced[] = []
    for (const type of TYPES) {
      if (!step(done.length, TYPES.length, [...done])) break
      const states: EncoderStates =
        type === 'other'
          ? { type, text, source: sourceOf(model, await piecesOf(engine, model.id, model.tokenizer, text)) }
          : { type }
      const changed = { ...run.doc, states }
      const given = await encoderStates(engine, model, changed)
      const forced = await runTarget(engine, model, changed, run.target, { states: given })
      const free = await written(engine, model, changed, given)
      done.push({ type, writes: textOf(free.tokens), logP: totalLogP(forced).sum })
    }
    return done
  }, of)
  if (!doc) return null
  const choose = (type: StatesType) => void lab.setStates(type === 'other' ? { type, text } : { type })
  return (
    <Panel help={null} title={t('tool.states')} lead={t('states.lead')} testId="states-tool">
      <div className="tool-form">
        <Segmented
          label={t('states.choice')}
          testId="states-choice"
          value={doc.states.type}
          options={TYPES.map((value) => ({ value, label: t(`states.${value}`) }))}
          onChange={choose}
        />
        <Field label={t('states.text')}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              data-testid="states-text"
              value={text}
              spellCheck={false}
              onChange={(event) => {
                setText(event.target.value)
                if (doc.states.type === 'other') void lab.setStates({ type: 'other', text: event.target.value })
              }}
            />
          )}
        </Field>
      </div>
      <section className="table-scroll" data-testid="states-table">
        <table className="table answers">
          <thead>
            <tr>
              <th scope="col">{t('states.reads')}</th>
              <th scope="col">{t('states.writes')}</th>
              <th scope="col">{t('states.log-p')}</th>
            </tr>
          </thead>
          <tbody>
            {TYPES.map((type) => {
              const one = found.result?.find((other) => other.type === type)
              return (
                <tr key={type} data-states={type}>
                  <th scope="row">{t(`states.${type}`)}</th>
                  <td>{one ? one.writes || t('readouts.empty') : '…'}</td>
                  <td>{one ? formatValue(one.logP) : '…'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <p className="hint">{t('states.hint')}</p>
    </Panel>
  )
}
