import { useMemo } from 'react'
import { Button } from '../../../views/primitives/Button.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { isGood } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

/** There and back: the text of the ids again, where it differs, and what a typed special token becomes. */
export default function TripTool({ lab, run }: TokenizerToolProps) {
  const { doc } = useLab(lab.store)
  const good = useMemo(() => run.columns.filter(isGood), [run])
  const specials = [...new Set(good.flatMap(({ info }) => info.specials))].filter((one) => one !== '[PAD]').slice(0, 8)
  const typed = specials.filter((special) => run.doc.text.includes(special))
  if (!doc) return null
  return (
    <>
      <Panel help={null} title={t('trip')} lead={t('trip.lead')} testId="trip-tool">
        <ol className="trips">
          {good.map(({ key, name, reading }) => (
            <li key={key} data-testid="trip" data-same={reading.difference === null || undefined}>
              <h3>{name}</h3>
              <p className="mono stage-text" dir="auto">
                {reading.decoded}
              </p>
              <p className="hint">
                {reading.difference === null
                  ? t('trip.same')
                  : t('trip.differs', {
                      at: reading.difference.at + 1,
                      wanted: reading.difference.wanted,
                      got: reading.difference.got,
                    })}
              </p>
            </li>
          ))}
        </ol>
      </Panel>
      <Panel help={help('typed-specials')} title={t('typed')} lead={t('typed.lead')} testId="typed-specials">
        <div className="row">
          {specials.map((special) => (
            <Button key={special} small className="mono" onClick={() => lab.setText(`${doc.text} ${special}`)}>
              {special}
            </Button>
          ))}
        </div>
        <table className="table">
          <caption className="sr-only">{t('typed')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('readouts.column')}</th>
              <th scope="col">{t('typed.tokens')}</th>
            </tr>
          </thead>
          <tbody>
            {good.map(({ key, name, reading }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td className="mono" data-testid="typed-count">
                  {reading.words.reduce(
                    (sum, { pieces }) => sum + pieces.filter(({ special, unknown }) => special && !unknown).length,
                    0,
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p data-testid="security">{t(doc.parsesSpecials ? 'typed.parsed' : 'typed.text', { count: typed.length })}</p>
        <Button small onClick={() => lab.setParsesSpecials(!doc.parsesSpecials)}>
          {t(doc.parsesSpecials ? 'typed.escape' : 'typed.parse')}
        </Button>
      </Panel>
    </>
  )
}
