import { TokenReads } from '../../../views/maps/TokenReads.tsx'
import { headName } from '../../../views/maps/types.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { headMap } from '../../../viz/matrix.ts'
import { mapTokens } from '../../shared/tokens.ts'
import { useLab } from '../../shared/useLab.ts'
import type { TextToolProps } from './props.ts'

/** What the selected token reads, and who reads it. */
export function TokenTool({ lab, run }: TextToolProps) {
  const { look } = useLab(lab.store)
  const row = run.tokens.findIndex((token) => token.key === look.selection[0])
  const map = run.result.attentions[look.layer]
  return (
    <Panel title="One token" lead={headName(look)} testId="reads-panel">
      {map && row >= 0 ? (
        <TokenReads
          matrix={headMap(map.data, run.result.tokens, look.head)}
          tokens={mapTokens(run.tokens)}
          token={row}
          onToken={(next) => lab.look({ selection: [run.tokens[next]?.key ?? 0] })}
        />
      ) : (
        <p className="hint">Select a token in the strip or on an axis of the map.</p>
      )}
    </Panel>
  )
}
