import { useMemo } from 'react'
import type { Kind } from '../../../core/tokens.ts'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Spoken } from '../../../views/primitives/Spoken.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { KIND_LABELS } from '../../../viz/kinds.ts'
import { useLab } from '../../shared/useLab.ts'
import { kindCells, kindTable } from '../state/kinds.ts'
import { SCOPES } from '../state/look.ts'
import { cellsOf, mayRead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

/** Which kinds of tokens read which: every pair is opened or closed at once. */
export default function KindsTool({ lab, run }: MasksToolProps) {
  const { look } = useLab(lab.store)
  const { layer, head, scope } = look
  const cells = useMemo(
    () => cellsOf(mayRead(run.doc.sequence, run.doc.mask, run.info), run.tokens.length, layer, head),
    [run, layer, head],
  )
  const table = useMemo(() => kindTable(run.tokens, cells), [run, cells])
  const paint = (queries: readonly Kind[], keys: readonly Kind[], readable: boolean) =>
    lab.paint(kindCells(run.tokens, queries, keys, scope === 'all' ? 'all' : layer, readable))
  const { kinds } = table
  const pair = (q: Kind, k: Kind) => table.pairs.find(({ query, key }) => query === q && key === k)
  return (
    <Panel help={null} title={t('kinds')} lead={t('kinds.lead')} testId="kinds-tool">
      <Segmented
        label={t('scope')}
        small
        showLabel
        testId="kinds-scope"
        value={scope}
        options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`, { layer: layer + 1 }) }))}
        onChange={(next) => lab.look({ scope: next })}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('kinds.table')}>
        <table className="table kinds-table">
          <caption className="sr-only">{t('kinds.lead')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('kinds.corner')}</th>
              {kinds.map((key) => (
                <th key={key} scope="col">
                  {KIND_LABELS[key]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((query) => (
              <tr key={query}>
                <th scope="row">{KIND_LABELS[query]}</th>
                {kinds.map((key) => {
                  const { open = 0, all = 0 } = pair(query, key) ?? {}
                  const state = open === 0 ? 'closed' : open === all ? 'open' : 'partly'
                  return (
                    <td key={key} data-state={state}>
                      <button
                        type="button"
                        data-testid={`pair-${query}-${key}`}
                        onClick={() => paint([query], [key], state !== 'open')}
                      >
                        <Spoken
                          as={t(state === 'open' ? 'kinds.close' : 'kinds.open', {
                            query: KIND_LABELS[query],
                            key: KIND_LABELS[key],
                            open,
                            all,
                          })}
                        >
                          {t('kinds.count', { open, all })}
                        </Spoken>
                      </button>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}
