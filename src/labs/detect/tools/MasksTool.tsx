import { Button } from '../../../views/primitives/Button.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { PRESETS, type Quadrant, quadrantsOf } from '../state/queries.ts'
import { compareMasks, type MaskOutcome } from '../state/sets.ts'
import { useScenes } from '../useScenes.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

const ORDER = ['yolos', 'vidt', 'detr', 'apart'] as const

/** The four quadrants of attention, open or closed; what that does to duplicates over all sample scenes. */
export default function MasksTool({ lab, engine, run, scenes }: DetectToolProps) {
  const { doc, look } = useLab(lab.store)
  const there = quadrantsOf(run.model.info)
  const readScenes = useScenes(engine, scenes)
  const masks = [[], ...there.map((quadrant) => [quadrant])]
  const outcomes = useJob<MaskOutcome[]>(
    async (step) => compareMasks(engine, run, await readScenes(), masks, look.threshold, step),
    run.model,
  )
  if (!doc) return null
  const { closed } = doc
  const toggle = (quadrant: Quadrant, open: boolean) =>
    lab.setClosed(open ? closed.filter((one) => one !== quadrant) : [...closed, quadrant])
  return (
    <>
      <Panel title={t('masks.title')} lead={t('masks.lead')} testId="quadrants">
        <div className="quadrants">
          {(['patch-patch', 'patch-det', 'det-patch', 'det-det'] as const).map((quadrant) => (
            <Switch
              key={quadrant}
              label={t(`quadrant.${quadrant}`)}
              checked={there.includes(quadrant) && !closed.includes(quadrant)}
              disabled={!there.includes(quadrant)}
              onChange={(open) => toggle(quadrant, open)}
              testId={`quadrant-${quadrant}`}
            />
          ))}
        </div>
        {!there.includes('patch-det') && <p className="hint">{t('masks.decoder')}</p>}
        <div className="row">
          {ORDER.filter((preset) => (run.model.info.decoder ? preset === 'detr' || preset === 'apart' : true)).map(
            (preset) => {
              const wanted = PRESETS[preset].filter((quadrant) => there.includes(quadrant))
              const isOn = wanted.length === closed.length && wanted.every((quadrant) => closed.includes(quadrant))
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
            },
          )}
        </div>
        <p className="hint">{t('masks.own')}</p>
      </Panel>
      <Panel title={t('masks.effect')} lead={t('masks.effect.lead', { scenes: scenes.length })} testId="mask-effect">
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
