import { useEffect, useState } from 'react'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { saidInFull } from '../../../words/errors.ts'
import { useLab } from '../../shared/useLab.ts'
import { type Elsewhere, elsewhere } from '../state/elsewhere.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

interface Place extends Pick<Elsewhere, 'lab' | 'carries'> {
  address: string | null
  problem: ErrorReport | null
}

/** Links that open the mask in other labs. */
export default function UseTool({ lab, doc, addressIn }: MasksToolProps) {
  const { model, tokenizer } = useLab(lab.store)
  const [places, setPlaces] = useState<readonly Place[]>([])
  useEffect(() => {
    if (!model || !tokenizer) return
    let isCurrent = true
    const links = elsewhere(doc, model, tokenizer).map(async ({ lab: id, link, carries }): Promise<Place> => {
      try {
        return { lab: id, carries, address: await addressIn(link), problem: null }
      } catch (thrown) {
        return { lab: id, carries, address: null, problem: reportOf(thrown) }
      }
    })
    void Promise.all(links).then((found) => isCurrent && setPlaces(found))
    return () => {
      isCurrent = false
    }
  }, [doc, model, tokenizer, addressIn])
  return (
    <Panel help={null} title={t('use')} lead={t('use.lead')} testId="use-tool">
      <ul className="use-places">
        {places.map(({ lab: id, carries, address, problem }) => (
          <li key={id}>
            {address ? (
              <a className="button" href={address} data-testid={`use-${id}`}>
                {t(`use.${id}`)}
              </a>
            ) : (
              <span role="alert">{problem && saidInFull(problem)}</span>
            )}
            <span className="hint">{t(`use.carries.${carries}`)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
