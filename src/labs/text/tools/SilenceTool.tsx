import { useMemo } from 'react'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { shareOf } from '../../../viz/sinks.ts'
import { saidInFull } from '../../../words/errors.ts'
import { t as words } from '../../shared/reads/words/words.ts'
import { useHeadStats } from '../../shared/useHeadStats.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import { silencings } from '../state/variants.ts'
import { useVariations } from '../useVariations.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

const WAYS = ['hidden', 'masked', 'removed'] as const

/** How much the selected tokens are read in the shown run: beside it stands what silencing them does. */
function Received({ run, keys }: Pick<TextToolProps, 'run'> & { keys: readonly number[] }) {
  const maps = useMemo(() => run.result.attentions.map((map) => map?.data ?? null), [run])
  const stats = useHeadStats(maps, run.result.tokens)
  const rows = run.tokens.flatMap((token, row) => (keys.includes(token.key) ? [row] : []))
  const layers = stats.flatMap((heads) => (heads ? [heads] : []))
  if (rows.length === 0 || layers.length === 0) return null
  const readable = run.tokens.filter(({ status }) => status === 'read').length
  return (
    <p data-testid="received">
      {words('sinks.received', {
        tokens: rows
          .map((row) => run.tokens[row]?.label ?? '')
          .slice(0, 12)
          .join(' '),
        count: rows.length,
        share: formatPercent(shareOf(layers, rows)),
        even: formatPercent(rows.length / Math.max(1, readable)),
      })}
    </p>
  )
}

/** Three ways to silence a token, each run on its own, side by side. */
export default function SilenceTool({ lab, engine, run }: TextToolProps) {
  const { look, model, tokenizer } = useLab(lab.store)
  const { selection } = look
  const keys = useMemo(() => {
    const known = new Set(run.doc.sequence.tokens.map((token) => token.key))
    return selection.filter((key) => known.has(key))
  }, [run, selection])
  const variants = useMemo(() => (keys.length > 0 ? silencings(run.doc, keys) : null), [run, keys])
  const { runs, problems } = useVariations(engine, model, variants)
  const labels = keys.flatMap((key) => run.doc.sequence.tokens.find((token) => token.key === key)?.label ?? [])
  const { asIs } = runs
  const columns = [
    { id: 'asIs', title: t('silence.as-is') },
    ...WAYS.map((id) => ({ id, title: t(`silence.${id}`), hint: t(`silence.${id}.hint`) })),
  ]

  return (
    <Panel help={null} title={t('silence')} lead={t('silence.lead')} testId="silence-tool">
      {keys.length === 0 || !model || !tokenizer ? (
        <p className="hint">{t('silence.none')}</p>
      ) : (
        <>
          <p>
            {labels.slice(0, 12).map((label, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two tokens may have one label
              <span key={i}>
                <span className="stamp" data-kind="word">
                  {label}
                </span>{' '}
              </span>
            ))}
            {labels.length > 12 && t('silence.more', { count: labels.length - 12 })}
          </p>
          <Received run={run} keys={keys} />
          {asIs ? (
            <ReadoutComparison
              name={t('silence.name')}
              columns={columns}
              rows={compareReadouts(
                asIs,
                WAYS.map((id) => runs[id] ?? (problems[id] ? null : undefined)),
                { info: model.info, tokenizer },
              )}
            />
          ) : (
            <p className="hint">{t('running.variants')}</p>
          )}
          {Object.values(problems).map((problem) => (
            <p key={problem.message} className="hint">
              {saidInFull(problem)}
            </p>
          ))}
        </>
      )}
    </Panel>
  )
}
