import { Button } from '../primitives/Button.tsx'
import { IntegerField } from '../primitives/IntegerField.tsx'
import { Rich } from '../Rich.tsx'
import { t } from '../words/words.ts'
import type { Action, ActionId } from './actions.ts'
import { segmentName } from './describe.ts'
import type { StripToken } from './types.ts'

export interface SelectionBarProps {
  targets: readonly StripToken[]
  /** Whether chips tell a segment. */
  segmented: boolean
  actions: readonly Action[]
  onAction: (id: ActionId) => void
  onMore: (anchor: Element) => void
  onPosition?: (key: string, position: number | null) => void
  onClear: () => void
}

/** What takes an action back stands in its place, and is the same button: the focus stays on it. */
const TAKES_BACK: Partial<Record<ActionId, ActionId>> = { show: 'hide', unmask: 'mask', restore: 'remove' }

const PRIMARY: readonly ActionId[] = [
  'hide',
  'show',
  'mask',
  'unmask',
  'remove',
  'restore',
  'replace-mask',
  'restore-original',
]
const ARROWS: Partial<Record<ActionId, string>> = { left: '←', right: '→' }

/** What can be done to the selected tokens, in reach of thumb and pointer; keeps its height when nothing is selected. */
export function SelectionBar({
  targets,
  segmented,
  actions,
  onAction,
  onMore,
  onPosition,
  onClear,
}: SelectionBarProps) {
  const only = targets.length === 1 ? targets[0] : undefined
  if (targets.length === 0) {
    return (
      <div className="selection-bar" data-testid="selection-bar">
        <p className="hint">
          <Rich words={t} id={segmented ? 'selection.hint' : 'selection.hint.plain'} tags={{ b: <b /> }} />
        </p>
      </div>
    )
  }
  return (
    <div className="selection-bar" data-testid="selection-bar">
      <span className="selection-what">
        {only ? (
          <span className="stamp" data-kind={only.kind}>
            {only.label}
          </span>
        ) : (
          <strong>{t('tokens', { count: targets.length })}</strong>
        )}
        {only?.segment != null && (
          <span className="hint">{t('token.segment', { segment: segmentName(only.segment) })}</span>
        )}
      </span>
      {(['left', 'right'] as const).map((id) => {
        const action = actions.find((a) => a.id === id)
        return (
          action && (
            <Button key={id} small aria-label={action.label} disabled={action.disabled} onClick={() => onAction(id)}>
              <span aria-hidden="true">{ARROWS[id]}</span>
            </Button>
          )
        )
      })}
      {actions
        .filter((action) => PRIMARY.includes(action.id))
        .map((action) => (
          <Button
            key={TAKES_BACK[action.id] ?? action.id}
            small
            title={action.hint}
            data-action={action.id}
            onClick={() => onAction(action.id)}
          >
            {action.label}
          </Button>
        ))}
      {only && !only.fixed && only.position != null && onPosition && (
        <span className="position-edit">
          <IntegerField
            key={only.key}
            inline
            label={t('selection.position')}
            value={only.position}
            max={9999}
            testId="position"
            onChange={(position) => onPosition(only.key, position)}
          />
          <Button small look="quiet" onClick={() => onPosition(only.key, null)}>
            {t('selection.position.auto')}
          </Button>
        </span>
      )}
      {actions.length > 0 && (
        <Button
          small
          aria-haspopup="menu"
          aria-label={t('selection.more')}
          onClick={(event) => onMore(event.currentTarget)}
        >
          <span aria-hidden="true">{'⋯'}</span>
        </Button>
      )}
      <Button small look="quiet" onClick={onClear}>
        <Rich words={t} id="selection.clear" tags={{ hidden: <span className="sr-only" /> }} />
      </Button>
    </div>
  )
}
