import { useMemo, useRef, useState } from 'react'
import { useSize } from '../../../views/hooks/useSize.ts'
import { ScaleLegend } from '../../../views/maps/ScaleLegend.tsx'
import { FilmFrame } from '../../../views/photo/FilmStrip.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { shareBound } from '../../../viz/bounds.ts'
import { canvasOf } from '../../shared/canvases.ts'
import { useLab } from '../../shared/useLab.ts'
import { ClsMapsExport } from './ClsMapsExport.tsx'
import { help } from './help/help.ts'
import { headName } from './names.ts'
import { madeBy } from './provenance.ts'
import type { PictureLab } from './state/lab.ts'
import { type HeadChoice, patchReading } from './state/readings.ts'
import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Sides of a frame in CSS pixels: as large as fits into a row, within these. */
const LEAST = 36
const MOST = 96
/** What stands between two pictures: a gap, and the frame of each. */
const BETWEEN = 11
const NOTHING = new Float32Array()

/** What every class token reads in the picture, one under another: by layer, or by head of one layer. All share one scale. */
export function ClsMaps({ lab, run }: { lab: PictureLab; run: PictureRun }) {
  const { look } = useLab(lab.store)
  const [by, setBy] = useState<'layer' | 'head'>('layer')
  const { layer, head, fit } = look
  const columns = useMemo(() => columnsOf(run, by, { layer, head }), [run, by, layer, head])
  const rows = useMemo(
    () =>
      run.tokens.flatMap((token, row) => {
        if (token.kind !== 'cls' || token.hidden) return []
        return [{ token, values: columns.map(({ choice }) => patchReading(run, row, choice) ?? NOTHING) }]
      }),
    [run, columns],
  )
  const bound = useMemo(() => shareBound(fit, ...rows.flatMap(({ values }) => values)), [fit, rows])
  const image = canvasOf(run.sharp)
  const room = useRef<HTMLDivElement>(null)
  const { width } = useSize(room)
  const side = Math.max(LEAST, Math.min(MOST, Math.floor(width / columns.length) - BETWEEN))
  return (
    <Panel
      help={help('maps')}
      title={t('maps')}
      lead={t('maps.lead')}
      testId="cls-maps"
      actions={
        <>
          <Segmented
            label={t('maps.by')}
            small
            value={by}
            options={[
              { value: 'layer', label: t('maps.by.layer') },
              { value: 'head', label: t('maps.by.head') },
            ]}
            onChange={setBy}
            testId="maps-by"
          />
          {rows.length > 0 && (
            <ClsMapsExport run={run} rows={rows} columns={columns.map(({ name }) => name)} made={madeBy(lab, run)} />
          )}
        </>
      }
    >
      <div ref={room} />
      {rows.length === 0 && <p className="hint">{t('maps.none')}</p>}
      {rows.map(({ token, values }) => (
        <div key={token.key} className="cls-row" data-testid="cls-row">
          <b className="stamp" data-kind="cls">
            {token.label}
          </b>
          <ol className="film" aria-label={t('maps.of', { token: token.label })}>
            {columns.map(({ name, choice }, i) => (
              <li key={name}>
                <button
                  type="button"
                  className="film-frame"
                  data-testid="film-frame"
                  aria-pressed={look.query === token.key && choice.layer === layer && choice.head === head}
                  aria-label={t('maps.frame', { token: token.label, where: name })}
                  onClick={() => lab.look({ ...choice, query: token.key, selection: [token.key] })}
                >
                  <FilmFrame
                    image={image}
                    rows={run.grid.rows}
                    columns={run.grid.columns}
                    values={values[i] as Float32Array}
                    overlay={OVERLAY}
                    bound={bound}
                    size={side}
                  />
                  <span className="film-name">
                    {choice.head === 'mean' && by === 'head' ? t('heads.short') : short(choice, by)}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </div>
      ))}
      {rows.length > 0 && (
        <ScaleLegend scale="glow" bound={bound} fit={{ fit, onFit: (next) => lab.look({ fit: next }) }} />
      )}
    </Panel>
  )
}

const OVERLAY = { opacity: 0.75 }

function short({ layer, head }: HeadChoice, by: 'layer' | 'head'): string {
  return by === 'layer' ? `${layer + 1}` : `${Number(head) + 1}`
}

function columnsOf(run: PictureRun, by: 'layer' | 'head', { layer, head }: HeadChoice) {
  const { layers, heads } = run.model.info
  const choices: HeadChoice[] =
    by === 'layer'
      ? Array.from({ length: layers }, (_, l) => ({ layer: l, head }))
      : [{ layer, head: 'mean' }, ...Array.from({ length: heads }, (_, h) => ({ layer, head: h }))]
  return choices.map((choice) => ({
    choice,
    name: t('photo.where', { layer: choice.layer + 1, head: headName(choice.head) }),
  }))
}
