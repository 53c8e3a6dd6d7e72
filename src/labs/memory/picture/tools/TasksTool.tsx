import { Button } from '../../../../views/primitives/Button.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { Switch } from '../../../../views/primitives/Switch.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { useLab } from '../../../shared/useLab.ts'
import { clsName, headName } from '../class_name.ts'
import { help } from '../help/help.ts'
import { presentTasks, tasksOf } from '../state/doc.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** Which tasks are there, what each was trained to read, and how many of its memory rows there are. */
export default function TasksTool({ lab, run }: PictureToolProps) {
  const { doc } = useLab(lab.store)
  if (!doc) return null
  const { info } = run.model
  const all = tasksOf(info)
  const present = presentTasks(info, { ...doc, rows: null })
  const most = Math.max(0, ...all.map(({ rows }) => rows))
  const apart = all.filter(({ reads }) => reads.every((of) => of === 'inputs')).map(({ name }) => name)
  const every = all.flatMap(({ name, rows }) => Array.from({ length: rows }, (_, row) => ({ task: name, row })))
  const presets = { all: all.map(({ name }) => name), concatenation: apart, none: [] }
  return (
    <>
      <Panel help={null} title={t('tasks.title')} lead={t('tasks.lead')} testId="tasks-tool">
        <div className="row">
          {(['all', 'concatenation', 'none'] as const).map((preset) => (
            <Button
              key={preset}
              small
              aria-pressed={presets[preset].join() === doc.tasks.join()}
              title={t(`preset.${preset}.hint`)}
              data-testid={`preset-${preset}`}
              onClick={() => lab.setTasks(presets[preset])}
            >
              {t(`preset.${preset}`)}
            </Button>
          ))}
        </div>
        {all.map(({ name, reads }) => (
          <div key={name}>
            <Switch
              label={clsName(name)}
              checked={doc.tasks.includes(name)}
              onChange={(on) => lab.setTasks(on ? [...doc.tasks, name] : doc.tasks.filter((one) => one !== name))}
              testId={`task-${name}`}
            />
            <p className="hint">{t('tasks.reads', { what: reads.map(readName).join(', ') })}</p>
          </div>
        ))}
      </Panel>
      <Panel help={help('rows-here')} title={t('rows.title')} testId="rows-here">
        <Slider
          label={t('rows.here')}
          value={Math.min(doc.rows ?? most, most)}
          min={0}
          max={most}
          format={(rows) => t('rows.of', { rows, most })}
          onChange={(rows) => lab.setRows(rows === most ? null : rows)}
          disabled={present.length === 0}
          testId="rows-slider"
        />
        <p className="hint">{t('rows.cut')}</p>
        <div className="row">
          <Button small data-testid="mask-all" onClick={() => lab.setMasked(every)} disabled={every.length === 0}>
            {t('rows.mask-all')}
          </Button>
          <Button small data-testid="mask-none" onClick={() => lab.setMasked([])} disabled={doc.masked.length === 0}>
            {t('rows.mask-none')}
          </Button>
        </div>
      </Panel>
    </>
  )
}

function readName(of: string): string {
  if (of === 'inputs') return t('part.patches')
  return of === 'base' ? clsName('base') : t('tasks.reads.task', { task: headName(of) })
}
