import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { Compare } from '../../shared/Compare.tsx'
import { PinButton } from '../../shared/PinButton.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import { madeBy } from '../provenance.ts'
import type { TextToolProps } from './props.ts'

const COLUMNS = [
  { id: 'a', title: 'A', hint: 'pinned' },
  { id: 'b', title: 'B', hint: 'the newest run' },
]

/** A pinned run against the newest one. */
export function CompareTool({ lab, run }: TextToolProps) {
  const { pinned, look, model, tokenizer } = useLab(lab.store)
  if (!model || !tokenizer) return null
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned) {
    return (
      <Panel title="Compare two runs" testId="compare-tool">
        <p>Pin this run as A, then edit: every later run is B, and what differs is shown here.</p>
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
        title="Compare two runs"
        lead={
          pinned.doc === run.doc
            ? 'B is still the pinned run: edit something.'
            : 'A is the pinned run, B the newest one.'
        }
        actions={pin}
        testId="compare-tool"
      >
        <p className="hint">The atlas chooses the head, here as everywhere.</p>
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
            name="Answers of A and B"
            columns={COLUMNS}
            rows={compareReadouts(pinned, [run], { labels: model.info.labels, tokenizer })}
          />
        }
      />
    </>
  )
}
