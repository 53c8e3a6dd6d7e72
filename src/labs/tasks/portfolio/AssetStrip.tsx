import { useMemo } from 'react'
import type { Kind } from '../../../core/tokens.ts'
import type { Entry, Sequence } from '../../../sequence/token.ts'
import { TokenStrip } from '../../../views/tokens/TokenStrip.tsx'
import type { InsertOffer } from '../../../views/tokens/types.ts'
import { stripIntents } from '../../shared/intents.ts'
import { StripFrame } from '../../shared/StripFrame.tsx'
import { stripTokens } from '../../shared/tokens.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from './help/help.ts'
import type { PortfolioLab } from './state/lab.ts'
import { classReadings } from './state/reads.ts'
import { assetTokens, type PortfolioDoc, type PortfolioRun } from './state/run.ts'
import { t } from './words/words.ts'

/** The sequence: class tokens, then a chip for each asset, under it what the chosen class token reads of it. */
export function AssetStrip({ lab, doc, run }: { lab: PortfolioLab; doc: PortfolioDoc; run: PortfolioRun | null }) {
  const { look } = useLab(lab.store)
  const shares = useMemo(() => sharesOf(run, look), [run, look])
  const chips = useMemo(
    () =>
      stripTokens(doc.sequence, { positions: [] }).map((chip) => ({
        ...chip,
        position: null,
        share: shares.get(chip.key),
      })),
    [doc.sequence, shares],
  )
  const copies = useMemo(() => copiesOf(doc.base), [doc.base])
  const intents = stripIntents({
    edit: lab.edit,
    entry: (kind, offer) => entryOf(copies, kind, offer),
    select(selection) {
      const cls = doc.sequence.tokens.find(({ key, kind }) => key === selection[0] && kind === 'cls')
      lab.look(cls ? { selection, query: cls.key } : { selection })
    },
  })
  return (
    <StripFrame className="lab-strip" label={t('strip')} help={help('strip')}>
      <TokenStrip
        tokens={chips}
        selected={look.selection.map(String)}
        offers={copies.map(({ label }) => ({ kind: 'cls', label, hint: t('strip.copy') }))}
        {...intents}
      />
    </StripFrame>
  )
}

/** By key of an asset, what the class token that is chosen reads of it. */
function sharesOf(
  run: PortfolioRun | null,
  look: { query: number; layer: number; head: number | 'mean' },
): ReadonlyMap<string, number> {
  const reading = run && classReadings(run, look)?.find(({ token }) => token.key === look.query)
  if (!run || !reading) return new Map()
  return new Map(assetTokens(run.tokens).map(({ key }, i) => [String(key), reading.assets[i] as number]))
}

/** The trained class tokens: any of them can be put in once more. */
function copiesOf({ tokens }: Sequence): Entry[] {
  return tokens.filter(({ kind }) => kind === 'cls').map(({ kind, id, label }) => ({ kind, id, label }))
}

function entryOf(copies: readonly Entry[], kind: Kind, offer?: InsertOffer): Entry {
  return copies.find(({ label }) => label === offer?.label) ?? { kind, id: 0, label: copies[0]?.label ?? '[CLS]' }
}
