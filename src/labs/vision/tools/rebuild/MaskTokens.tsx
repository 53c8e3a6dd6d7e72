import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import type { Quality } from '../../../../viz/reconstruction.ts'
import { saidInFull } from '../../../../words/errors.ts'
import { useLab } from '../../../shared/useLab.ts'
import { help } from '../../help/help.ts'
import { MASK_TOKENS, type MaskTokenType, maskToken, withMaskTokens } from '../../state/rebuilt.ts'
import { useBeside } from '../../useBeside.ts'
import type { VisionToolProps } from '../props.ts'
import { shown } from './RebuiltNumbers.tsx'
import { t } from './words/words.ts'

/** A change of the error by less than this share is hardly one. */
const HARDLY = 0.1

/** The vector that stands for a hidden patch replaced: zeros, negated, by lot, the mean of what is visible. */
export function MaskTokens({ lab, engine, run }: VisionToolProps) {
  const { doc, look } = useLab(lab.store)
  const { seed } = look.masking
  const { result, problem } = useBeside(run, async (asked) => ({
    asked,
    found: await withMaskTokens(engine, asked, seed),
  }))
  const chosen = doc?.maskToken?.type ?? 'trained'
  const found = result?.asked === run ? result.found : null
  return (
    <Panel help={help('mask-tokens')} title={t('token.title')} lead={t('token.lead')} testId="mask-tokens">
      <Segmented
        label={t('token.choose')}
        value={chosen}
        options={MASK_TOKENS.map((type) => ({ value: type, label: t(`token.${type}`), title: hint(type, seed) }))}
        onChange={(type) => lab.setMaskToken(maskToken(type, seed))}
        testId="mask-token"
      />
      {problem && <p className="hint">{saidInFull(problem)}</p>}
      {!found && !problem && <p className="hint">{t('token.running')}</p>}
      {found && <Errors found={found} />}
    </Panel>
  )
}

function hint(type: MaskTokenType, seed: number): string | undefined {
  if (type === 'noise') return t('token.noise.hint', { seed })
  return type === 'mean' ? t('token.mean.hint') : undefined
}

function Errors({ found }: { found: Record<MaskTokenType, Quality> }) {
  const against = (type: MaskTokenType) => found[type].mse / found.trained.mse - 1
  const most = Math.max(...(['zeros', 'negated', 'noise'] as const).map((type) => Math.abs(against(type))))
  return (
    <>
      <div className="table-scroll">
        <table className="table" data-testid="mask-token-errors">
          <caption className="sr-only">{t('token.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('token.choose')}</th>
              <th scope="col" title={t('mse.hint')}>
                {t('mse')}
              </th>
              <th scope="col">{t('token.against')}</th>
            </tr>
          </thead>
          <tbody>
            {MASK_TOKENS.map((type) => (
              <tr key={type} data-row={type}>
                <th scope="row">{t(`token.${type}`)}</th>
                <td className="number">{shown(found[type].mse, 4)}</td>
                <td className="number">{type === 'trained' ? '' : signed(against(type))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p data-testid="mask-token-verdict">
        {t(most < HARDLY ? 'token.hardly' : 'token.matters', { share: formatPercent(most) })}
      </p>
    </>
  )
}

function signed(change: number): string {
  return `${change < 0 ? '−' : '+'}${formatPercent(Math.abs(change))}`
}
