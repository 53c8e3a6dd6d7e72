import { TokenReads } from '../../../views/maps/TokenReads.tsx'
import { headName } from '../../../views/maps/types.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { headMap } from '../../../viz/matrix.ts'
import { mapTokens } from '../../shared/tokens.ts'
import { useLab } from '../../shared/useLab.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

/** What the selected tokens read, and who reads them; of several the attention is summed. */
export default function TokenTool({ lab, run }: GenerateToolProps) {
  const { look } = useLab(lab.store)
  const chosen = run.tokens.flatMap((token, row) => (look.selection.includes(token.key) ? [row] : []))
  const map = run.result.attentions[look.layer]
  return (
    <Panel
      help={null}
      title={chosen.length > 1 ? t('token.many', { count: chosen.length }) : t('token.one')}
      lead={headName(look)}
      testId="reads-panel"
    >
      {map && chosen.length > 0 ? (
        <TokenReads
          matrix={headMap(map.data, run.result.tokens, look.head)}
          tokens={mapTokens(run.tokens)}
          chosen={chosen}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
          onToken={(next) => lab.look({ selection: [run.tokens[next]?.key ?? 0] })}
        />
      ) : (
        <p className="hint">{t('token.none')}</p>
      )}
    </Panel>
  )
}
