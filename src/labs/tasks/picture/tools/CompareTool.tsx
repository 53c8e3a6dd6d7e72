import { ReadoutComparison } from '../../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { Compare, runColumns } from '../../../shared/Compare.tsx'
import { compareAnswers } from '../../../shared/compare_answers.ts'
import { PinButton } from '../../../shared/PinButton.tsx'
import type { Provenance } from '../../../shared/save_figure.ts'
import { useLab } from '../../../shared/useLab.ts'
import { inWords, taskName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { answersOf } from '../state/readings.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** A pinned run against the newest one, in the maps, in every hidden state and in the answers. */
export default function CompareTool({ lab, run }: PictureToolProps) {
  const { pinned, look } = useLab(lab.store)
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned) {
    return (
      <Panel help={null} title={t('tool.compare')} testId="compare-tool">
        <p>{t('compare.pin')}</p>
        <div className="row">{pin}</div>
      </Panel>
    )
  }
  const [a, b] = [madeBy(lab, pinned), madeBy(lab, run)]
  const made: Provenance = {
    model: a.model === b.model ? a.model : `${a.model} ${b.model}`,
    state: () => ({ pinned: a.state(), now: b.state() }),
    link: b.link,
  }
  return (
    <>
      <Panel help={null} title={t('tool.compare')} actions={pin} testId="compare-tool">
        <p className="hint">{t(pinned === run ? 'compare.same' : 'compare.lead')}</p>
      </Panel>
      <Compare
        a={{ model: pinned.doc.model, tokens: pinned.tokens, result: pinned.result }}
        b={{ model: run.doc.model, tokens: run.tokens, result: run.result }}
        choice={look}
        made={made}
        fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        selected={run.tokens.some(({ key }) => key === look.query) ? look.query : null}
        onSelect={(key) => {
          if (key !== null) lab.look({ query: key, selection: [key] })
        }}
        answers={
          <ReadoutComparison
            name={t('compare.answers')}
            columns={runColumns()}
            rows={compareAnswers(answersOf(pinned).map(inWords), [answersOf(run).map(inWords)], ({ id }) =>
              taskName(id),
            )}
          />
        }
      />
    </>
  )
}
