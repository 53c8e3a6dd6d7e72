import { TokenReads } from '../../../views/maps/TokenReads.tsx'
import { headName } from '../../../views/maps/types.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { headMap } from '../../../viz/matrix.ts'
import { mapTokens } from '../../shared/tokens.ts'
import { useLab } from '../../shared/useLab.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

/** What the selected token reads, and who reads it. */
export default function TokenTool({ lab, run }: VisionToolProps) {
  const { look } = useLab(lab.store)
  const row = run.tokens.findIndex((token) => token.key === look.query)
  const map = run.result.attentions[look.layer]
  return (
    <Panel help={null} title={t('tool.token')} lead={headName(look)} testId="reads-panel">
      {map && row >= 0 ? (
        <TokenReads
          matrix={headMap(map.data, run.result.tokens, look.head)}
          tokens={mapTokens(run.tokens)}
          chosen={[row]}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
          onToken={(next) => lab.look({ query: run.tokens[next]?.key ?? 0 })}
        />
      ) : (
        <p className="hint">{t('token.select')}</p>
      )}
    </Panel>
  )
}
