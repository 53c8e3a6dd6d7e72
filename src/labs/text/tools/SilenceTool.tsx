import { useMemo } from 'react'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import { silencings } from '../state/variants.ts'
import { useVariations } from '../useVariations.ts'
import type { TextToolProps } from './props.ts'

const COLUMNS = [
  { id: 'asIs', title: 'read as usual' },
  { id: 'hidden', title: 'hide', hint: 'not drawn; the model does not notice' },
  { id: 'masked', title: 'mask', hint: 'in the sequence, read by nobody' },
  { id: 'removed', title: 'remove', hint: 'a shorter sequence' },
] as const

/** Three ways to silence a token, each run on its own, side by side. */
export function SilenceTool({ lab, engine, run }: TextToolProps) {
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

  return (
    <Panel
      title="Three ways to silence a token"
      lead="Hide, mask and remove are not the same: each column is a forward of its own."
      testId="silence-tool"
    >
      {keys.length === 0 || !model || !tokenizer ? (
        <p className="hint">Select one or more tokens in the strip.</p>
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
            {labels.length > 12 && `and ${labels.length - 12} more`}
          </p>
          {asIs ? (
            <ReadoutComparison
              name="Read-outs with the selected tokens read, hidden, masked and removed"
              columns={COLUMNS}
              rows={compareReadouts(
                asIs,
                COLUMNS.slice(1).map(({ id }) => runs[id] ?? (problems[id] ? null : undefined)),
                { labels: model.info.labels, tokenizer },
              )}
            />
          ) : (
            <p className="hint">Running …</p>
          )}
          {Object.values(problems).map(({ message }) => (
            <p key={message} className="hint">
              {message}
            </p>
          ))}
        </>
      )}
    </Panel>
  )
}
