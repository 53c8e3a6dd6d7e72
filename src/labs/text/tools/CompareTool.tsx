import { useMemo } from 'react'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { renumbered, withNumbersOf } from '../../../sequence/changes.ts'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { saidInFull } from '../../../words/errors.ts'
import { Compare, runColumns } from '../../shared/Compare.tsx'
import { PinButton } from '../../shared/PinButton.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import { madeBy } from '../provenance.ts'
import type { TextRun } from '../state/run.ts'
import { useVariations } from '../useVariations.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** A pinned run against the newest one. */
export default function CompareTool({ lab, engine, run }: TextToolProps) {
  const { pinned, look, model, tokenizer } = useLab(lab.store)
  if (!model || !tokenizer) return null
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned) {
    return (
      <Panel help={null} title={t('compare')} testId="compare-tool">
        <p>{t('compare.how')}</p>
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
      <Panel
        help={null}
        title={t('compare')}
        lead={pinned.doc === run.doc ? t('compare.same') : t('compare.lead')}
        actions={pin}
        testId="compare-tool"
      >
        <p className="hint">{t('compare.head')}</p>
      </Panel>
      <Compare
        a={{ ...pinned, model: pinned.doc.model }}
        b={{ ...run, model: run.doc.model }}
        choice={look}
        made={made}
        fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        selected={look.selection[0] ?? null}
        onSelect={(key) => lab.look({ selection: key === null ? [] : [key] })}
        answers={<Answers {...{ engine, pinned, run, model, tokenizer }} />}
      />
    </>
  )
}

interface AnswersProps extends Pick<TextToolProps, 'engine' | 'run'> {
  pinned: TextRun
  model: LoadedModel
  tokenizer: TokenizerInfo
}

/** Both runs' answers and, where an edit changed the numbers of other tokens, those of the same edit without that. */
function Answers({ engine, pinned, run, model, tokenizer }: AnswersProps) {
  const variants = useMemo(() => {
    const { positions, segments } = renumbered(pinned, run)
    if (positions.length + segments.length === 0) return null
    return { only: { ...run.doc, sequence: withNumbersOf(run.doc.sequence, pinned) } }
  }, [pinned, run])
  const { runs, problems } = useVariations(engine, model, variants)
  const { only } = runs
  const columns = variants
    ? [...runColumns(), { id: 'only', title: t('compare.only'), hint: t('compare.only.hint') }]
    : runColumns()
  const others = variants ? [run, only ?? (problems.only ? null : undefined)] : [run]
  return (
    <>
      <ReadoutComparison
        name={t('compare.answers')}
        columns={columns}
        rows={compareReadouts(pinned, others, { info: model.info, tokenizer })}
      />
      {!variants && pinned.doc !== run.doc && <p className="hint">{t('compare.only.none')}</p>}
      {problems.only && <p className="hint">{saidInFull(problems.only)}</p>}
    </>
  )
}
