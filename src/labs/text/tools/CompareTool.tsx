import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { Compare } from '../../shared/Compare.tsx'
import { PinButton } from '../../shared/PinButton.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import { madeBy } from '../provenance.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** A pinned run against the newest one. */
export default function CompareTool({ lab, run }: TextToolProps) {
  const { pinned, look, model, tokenizer } = useLab(lab.store)
  if (!model || !tokenizer) return null
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned) {
    return (
      <Panel title={t('compare')} testId="compare-tool">
        <p>{t('compare.how')}</p>
        <div className="row">{pin}</div>
      </Panel>
    )
  }
  const [a, b] = [madeBy(lab, pinned), madeBy(lab, run)]
  const made: Provenance = {
    model: a.model === b.model ? a.model : `${a.model} ${b.model}`,
    state: () => ({ a: a.state(), b: b.state() }),
  }
  return (
    <>
      <Panel
        title={t('compare')}
        lead={pinned.doc === run.doc ? t('compare.same') : t('compare.lead')}
        actions={pin}
        testId="compare-tool"
      >
        <p className="hint">{t('compare.head')}</p>
      </Panel>
      <Compare
        a={{ model: pinned.doc.model, tokens: pinned.tokens, result: pinned.result }}
        b={{ model: run.doc.model, tokens: run.tokens, result: run.result }}
        choice={look}
        made={made}
        selected={look.selection[0] ?? null}
        onSelect={(key) => lab.look({ selection: key === null ? [] : [key] })}
        answers={
          <ReadoutComparison
            name={t('compare.answers')}
            columns={[
              { id: 'a', title: 'A', hint: t('compare.a') },
              { id: 'b', title: 'B', hint: t('compare.b') },
            ]}
            rows={compareReadouts(pinned, [run], { info: model.info, tokenizer })}
          />
        }
      />
    </>
  )
}
