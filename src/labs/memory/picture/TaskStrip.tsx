import type { ModelInfo } from '../../../engine/protocol.ts'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Spoken } from '../../../views/primitives/Spoken.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { StripFrame } from '../../shared/StripFrame.tsx'
import { useLab } from '../../shared/useLab.ts'
import { walkButtons } from '../../shared/walk_buttons.ts'
import { clsName, headName, memoryName } from './class_name.ts'
import { help } from './help/help.ts'
import { saidBy } from './said.ts'
import { type PictureDoc, presentTasks } from './state/doc.ts'
import type { PictureMemory } from './state/lab.ts'
import { BASE, type PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface TaskStripProps {
  lab: PictureMemory
  doc: PictureDoc
  /** The newest run; null before the first. */
  run: PictureRun | null
  info: ModelInfo
}

/** The frozen base, and behind it each task: its class token, which can be chosen, and its memory rows, which can be masked. */
export function TaskStrip({ lab, doc, run, info }: TaskStripProps) {
  const { look } = useLab(lab.store)
  const tasks = presentTasks(info, doc)
  const isMasked = (task: string, row: number) => doc.masked.some((one) => one.task === task && one.row === row)
  return (
    <StripFrame className="lab-strip query-strip" label={t('strip')} help={help('strip')}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset asks for a legend that nothing needs */}
      <div
        className="query-chips"
        role="group"
        aria-label={t('strip.tokens')}
        data-testid="tasks"
        onKeyDown={(event) => walkButtons(event)}
      >
        <ClsChip lab={lab} run={run} head={BASE} chosen={look.asker === BASE} />
        <span className="chip task-patches" data-kind="patch">
          <span className="chip-label">
            {t('strip.patches', { count: run ? run.grid.rows * run.grid.columns : 0 })}
          </span>
        </span>
        {tasks.map(({ name, rows }) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div key={name} className="task-tokens" role="group" aria-label={headName(name)} data-testid="task">
            <ClsChip lab={lab} run={run} head={name} chosen={look.asker === name} />
            {Array.from({ length: rows }, (_, row) => (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: a memory row is its place
                key={row}
                type="button"
                className="chip task-memory"
                data-testid="memory-row"
                data-kind="memory"
                data-status={isMasked(name, row) ? 'masked' : 'read'}
                aria-pressed={isMasked(name, row)}
                title={t('strip.mask', { row: memoryName(name, row) })}
                tabIndex={-1}
                onClick={() => lab.toggleRow(name, row)}
              >
                <Spoken as={t('strip.mask', { row: memoryName(name, row) })}>
                  <span className="chip-label">{t('strip.row', { row: row + 1 })}</span>
                </Spoken>
              </button>
            ))}
          </div>
        ))}
        {tasks.length === 0 && <span className="hint">{t('strip.none')}</span>}
      </div>
      <Switch
        label={t('mask.extension')}
        checked={!doc.oldReadsNew}
        onChange={(on) => lab.setRules({ oldReadsNew: !on })}
        testId="extension-mask"
      />
      <Segmented
        label={t('mask.tasks')}
        small
        value={doc.tasksReadAll ? 'all' : 'own'}
        options={[
          { value: 'own', label: t('mask.own'), title: t('mask.own.hint') },
          { value: 'all', label: t('mask.all'), title: t('mask.all.hint') },
        ]}
        onChange={(value) => lab.setRules({ tasksReadAll: value === 'all' })}
        testId="tasks-read"
      />
    </StripFrame>
  )
}

interface ClsChipProps {
  lab: PictureMemory
  run: PictureRun | null
  head: string
  chosen: boolean
}

function ClsChip({ lab, run, head, chosen }: ClsChipProps) {
  const answer = run?.answers.find((one) => one.head === head)
  return (
    <button
      type="button"
      className="chip query-chip"
      data-testid="cls"
      data-head={head}
      data-kind="cls"
      aria-pressed={chosen}
      tabIndex={chosen ? 0 : -1}
      onClick={() => lab.look({ asker: head })}
    >
      <span className="chip-label">{clsName(head)}</span>
      {answer && <span className="query-said">{saidBy(answer)}</span>}
    </button>
  )
}
