import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Switch } from '../../../../views/primitives/Switch.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { taskName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { type Restricted, type Restriction, restrictEach, restrictionsOf, variationsOf } from '../state/many.ts'
import { AMONG, classTokens } from '../state/reads.ts'
import { usePhotos } from '../usePhotos.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** Upright rims alone: every restriction runs over all of them. */
const PAINTED = 0

/** Who reads whom, closed by hand; and what each restriction does to every task over many pictures. */
export default function ReadsTool({ lab, engine, run, samples }: PictureToolProps) {
  const { doc } = useLab(lab.store)
  const photos = usePhotos(lab, samples)
  const job = useJob<Restricted[]>(
    async (step) => restrictEach(engine, run, variationsOf(await photos(), PAINTED), step),
    run.model,
  )
  if (!doc) return null
  const { reads } = doc
  const several = classTokens(doc.base).length > 1 || classTokens(doc.sequence).length > 1
  const heads = Object.keys(run.model.info.labels)
  const pictures = samples.length * 8
  const results = job.result?.filter(({ changed }) => changed.of > 0 || job.status === 'done') ?? []
  const share = ({ right, of }: { right: number; of: number }) => (of > 0 ? right / of : Number.NaN)
  return (
    <>
      <Panel help={null} title={t('tool.reads')} lead={t('among.lead')} testId="reads-tool">
        <Segmented
          label={t('among')}
          showLabel
          small
          value={reads.among}
          options={AMONG.map((among) => ({
            value: among,
            label: t(`among.${among}`),
            title: t(`among.${among}.hint`),
            disabled: !several && among !== 'all',
          }))}
          onChange={(among) => lab.setReads({ ...reads, among })}
          testId="among"
        />
        <Switch
          label={t('among.patches')}
          checked={!reads.patchesBlind}
          onChange={(open) => lab.setReads({ ...reads, patchesBlind: !open })}
          testId="patches-read"
        />
        <p className="hint">{t(several ? 'among.hint' : 'among.single')}</p>
      </Panel>
      <Panel
        help={help('restrict')}
        title={t('restrict.title')}
        lead={t('restrict.lead', { ways: restrictionsOf(doc).length, pictures })}
        testId="restrict"
      >
        <JobBar {...job} action={t('restrict.run')} onStart={job.start} onStop={job.stop} testId="restrict-job" />
        {results.length > 0 && (
          <Chart
            title={t('restrict.chart')}
            lead={t('restrict.chart.lead')}
            made={madeBy(lab, run)}
            formats={['csv', 'json']}
            table={{
              columns: [t('restrict.way'), ...heads.map(taskName), t('restrict.changed'), t('restrict.pictures')],
              rows: results.map(({ restriction, tallies, changed }) => [
                restrictionName(restriction),
                ...tallies.map(share),
                share(changed),
                changed.of / Math.max(1, heads.length),
              ]),
            }}
          >
            <table className="box-table" data-testid="restrict-table">
              <thead>
                <tr>
                  <th scope="col">{t('restrict.way')}</th>
                  {heads.map((head) => (
                    <th key={head} scope="col">
                      {taskName(head)}
                    </th>
                  ))}
                  <th scope="col">{t('restrict.changed')}</th>
                </tr>
              </thead>
              <tbody>
                {results.map(({ restriction, tallies, changed }) => (
                  <tr key={restrictionName(restriction)}>
                    <th scope="row">{restrictionName(restriction)}</th>
                    {tallies.map((tally, h) => (
                      <td key={heads[h]} className="mono">
                        {tally.of > 0 ? formatPercent(share(tally)) : '–'}
                      </td>
                    ))}
                    <td className="mono">{changed.of > 0 ? formatPercent(share(changed)) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Chart>
        )}
      </Panel>
    </>
  )
}

function restrictionName(restriction: Restriction): string {
  if (restriction.type === 'removed') return t('restrict.removed', { token: restriction.label })
  const { among, patchesBlind } = restriction.reads
  if (!patchesBlind) return t(`among.${among}`)
  return among === 'own' ? t('restrict.none') : t('restrict.patches')
}
