import { Button } from '../../../views/primitives/Button.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { CLOSABLE, type Closable, closableOf, PRESETS, presetsOf } from '../state/queries.ts'
import { compareMasks, type MaskOutcome } from '../state/sets.ts'
import { useScenes } from '../useScenes.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

/** The four quadrants of attention, open or closed; what that does to duplicates over all sample scenes. */
export default function MasksTool({ lab, engine, run, scenes }: DetectToolProps) {
  const { doc, look } = useLab(lab.store)
  const { info } = run.model
  const there = closableOf(info)
  const readScenes = useScenes(engine, scenes)
  const masks = [[], ...there.map((part) => [part])]
  const outcomes = useJob<MaskOutcome[]>(
    async (step) => compareMasks(engine, run, await readScenes(), masks, look.threshold, step),
    run.model,
  )
  if (!doc) return null
  const { closed } = doc
  const toggle = (part: Closable, open: boolean) =>
    lab.setClosed(open ? closed.filter((one) => one !== part) : [...closed, part])
  return (
    <>
      <Panel help={null} title={t('masks.title')} lead={t('masks.lead')} testId="quadrants">
        <div className="quadrants">
          {CLOSABLE.map((part) => (
            <Switch
              key={part}
              label={t(`quadrant.${part}`)}
              checked={there.includes(part) && !closed.includes(part)}
              disabled={!there.includes(part) || (part === 'patch-far' && closed.includes('patch-patch'))}
              onChange={(open) => toggle(part, open)}
              testId={`quadrant-${part}`}
            />
          ))}
        </div>
        {!there.includes('patch-det') && (
          <p className="hint">{info.image?.windows ? t('masks.windows', info.image.windows) : t('masks.decoder')}</p>
        )}
        <div className="row">
          {presetsOf(info).map((preset) => {
            const wanted = PRESETS[preset].filter((part) => there.includes(part))
            const isOn = wanted.length === closed.length && wanted.every((part) => closed.includes(part))
            return (
              <Button
                key={preset}
                small
                aria-pressed={isOn}
                title={t(`preset.${preset}.hint`)}
                data-testid={`preset-${preset}`}
                onClick={() => lab.setClosed(wanted)}
              >
                {t(`preset.${preset}`)}
              </Button>
            )
          })}
        </div>
        <p className="hint">{t('masks.own')}</p>
      </Panel>
      <Panel
        help={help('mask-effect')}
        title={t('masks.effect')}
        lead={t('masks.effect.lead', { scenes: scenes.length })}
        testId="mask-effect"
      >
        <JobBar
          {...outcomes}
          action={t('masks.run')}
          onStart={outcomes.start}
          onStop={outcomes.stop}
          testId="mask-job"
        />
        {outcomes.result && outcomes.result.length > 0 && (
          <table className="box-table" data-testid="mask-table">
            <thead>
              <tr>
                <th scope="col">{t('masks.closed')}</th>
                <th scope="col">{t('masks.duplicates')}</th>
                <th scope="col">{t('masks.recall')}</th>
                <th scope="col">{t('masks.ap')}</th>
              </tr>
            </thead>
            <tbody>
              {outcomes.result.map((one) => (
                <tr key={one.closed.join()}>
                  <th scope="row">{one.closed[0] ? t(`quadrant.${one.closed[0]}`) : t('masks.none')}</th>
                  <td className="mono">{one.duplicates}</td>
                  <td className="mono">{formatPercent(one.recall)}</td>
                  <td className="mono">{decimal(one.ap, 3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </>
  )
}
