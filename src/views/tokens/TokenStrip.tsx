import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Kind } from '../../core/tokens.ts'
import { KIND_LABELS, kindPurpose } from '../../viz/kinds.ts'
import { cx } from '../cx.ts'
import { useAnnouncer } from '../hooks/useAnnouncer.tsx'
import { keyPressed, STRIP_KEYS } from '../keys/tables.ts'
import { ActionMenu } from '../primitives/ActionMenu.tsx'
import { Button } from '../primitives/Button.tsx'
import type { MenuGroup } from '../primitives/menu.ts'
import { t } from '../words/words.ts'
import { ACTION_GROUPS, type ActionId, actionsFor, perform } from './actions.ts'
import { Chip } from './Chip.tsx'
import { spokenGap } from './describe.ts'
import { SelectionBar } from './SelectionBar.tsx'
import type { InsertOffer, StripIntents, StripToken } from './types.ts'
import { useChipDrag } from './useChipDrag.tsx'

/** Tokens; from here on, chips show their label only. */
const COMPACT_FROM = 121
/** In a lower window, the stage needs the height more than ids do. */
const TALL = '(height >= 50rem) and (width >= 48rem)'

export interface TokenStripProps extends StripIntents {
  tokens: readonly StripToken[]
  selected: readonly string[]
  /** The special tokens that a gap offers. */
  offers: readonly InsertOffer[]
  label?: string
  /** Show id, position and segment on every chip at first; by default up to 120 tokens where the window is tall enough. */
  detail?: boolean
}

type Menu = { type: 'insert'; index: number; anchor: Element } | { type: 'act'; anchor: Element }

/**
 * The heart: every token a chip, every gap a place to insert. One tab stop; arrows walk chips and gaps, Shift extends the
 * selection, Alt moves it, Enter opens the menu, Space selects, Delete removes, M masks, H hides, Insert or + inserts.
 */
export function TokenStrip(props: TokenStripProps) {
  const { tokens, selected, offers, label = t('strip.label'), onSelect, onInsert, onMove } = props
  const [detail, setDetail] = useState<boolean | null>(props.detail ?? null)
  const compact = !(detail ?? (tokens.length < COMPACT_FROM && matchMedia(TALL).matches))
  const strip = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState('')
  const [menu, setMenu] = useState<Menu | null>(null)
  /** A press adds to the selection, as it does with Ctrl: for fingers, which have none. */
  const [several, setSeveral] = useState(false)
  const anchor = useRef<string | null>(null) // where a shift-selection starts
  const { region, say } = useAnnouncer()

  const places = new Map(tokens.map((token, i) => [token.key, i]))
  const chosen = new Set(selected)
  const targets = tokens.filter((token) => chosen.has(token.key))
  // Items in order: gap 0, chip 0, gap 1, chip 1, …, gap n.
  const itemAt = (i: number): string => (i % 2 === 0 ? `g:${i / 2}` : `c:${tokens[(i - 1) / 2]?.key ?? ''}`)
  const placeOf = (item: string): number => {
    if (item.startsWith('g:')) return Math.min(2 * Number(item.slice(2)), 2 * tokens.length)
    const place = places.get(item.slice(2))
    return place === undefined ? -1 : 2 * place + 1
  }
  const known = placeOf(cursor) >= 0 && cursor !== ''
  const tabStop = known ? cursor : itemAt(tokens.length > 0 ? 1 : 0)
  const focus = useFocusKeeper(strip, tokens, tabStop, known)

  const goTo = (item: string) => {
    setCursor(item)
    focus.to(item)
  }
  const actOn = (id: ActionId, on: readonly StripToken[]) => say(perform(id, tokens, on, props))
  const drag = useChipDrag(
    strip,
    (key) =>
      (chosen.has(key) ? targets : tokens.filter((t) => t.key === key)).filter((t) => !t.fixed).map((t) => t.key),
    (keys, index) => {
      onMove(keys, index)
      say(
        keys.length === 1
          ? t('strip.moved.one', { label: tokens[places.get(keys[0] ?? '') ?? 0]?.label ?? '' })
          : t('strip.moved', { count: keys.length }),
      )
    },
  )

  const select = (key: string, how: 'only' | 'toggle' | 'range') => {
    if (how === 'range' && anchor.current !== null && places.has(anchor.current)) {
      const [a = 0, b = 0] = [places.get(anchor.current), places.get(key)]
      onSelect(tokens.slice(Math.min(a, b), Math.max(a, b) + 1).map((token) => token.key))
      return
    }
    anchor.current = key
    const alone = selected.length === 1 && chosen.has(key)
    if (how === 'only') onSelect(alone ? [] : [key])
    else onSelect(chosen.has(key) ? selected.filter((k) => k !== key) : [...selected, key])
  }

  const openActions = (key: string, element: Element) => {
    if (tokens[places.get(key) ?? -1]?.fixed) return
    if (!chosen.has(key)) onSelect([key])
    anchor.current = key
    setMenu({ type: 'act', anchor: element })
  }

  const onClick = (event: MouseEvent) => {
    const { item, element } = itemOf(event.target)
    if (!item || !element) return
    setCursor(item)
    if (item.startsWith('g:')) setMenu({ type: 'insert', index: Number(item.slice(2)), anchor: element })
    else if (event.detail === 0)
      openActions(item.slice(2), element) // a screen reader's or switch's click
    else select(item.slice(2), event.shiftKey ? 'range' : several || event.ctrlKey || event.metaKey ? 'toggle' : 'only')
  }

  const onContextMenu = (event: MouseEvent) => {
    const { item, element } = itemOf(event.target)
    if (!item?.startsWith('c:') || !element) return
    event.preventDefault()
    if (!drag.dragging) openActions(item.slice(2), element)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const { item, element } = itemOf(event.target)
    if (!item || !element) return
    const place = placeOf(item)
    const key = item.startsWith('c:') ? item.slice(2) : null
    const here = key === null ? [] : chosen.has(key) ? targets : tokens.filter((token) => token.key === key)
    const onHere = (yes: ActionId, no: ActionId) => {
      const found = actionsFor(tokens, here, props).find((action) => action.id === yes || action.id === no)
      if (found && !found.disabled) actOn(found.id, here)
      return found !== undefined
    }
    const goOn = (to: number) => goTo(itemAt(Math.max(0, Math.min(2 * tokens.length, to))))
    const extend = (way: 1 | -1) => {
      if (key === null) return goOn(place + way)
      const chip = itemAt(Math.max(1, Math.min(2 * tokens.length - 1, place + 2 * way)))
      if (anchor.current === null || !chosen.has(anchor.current)) anchor.current = key
      select(chip.slice(2), 'range')
      goTo(chip)
    }
    const line = (way: 1 | -1) => {
      const next = chipInNextLine(strip.current, element, way)
      if (next) goTo(next)
    }
    const insert = () => setMenu({ type: 'insert', index: Math.ceil(place / 2), anchor: element })
    /** On a chip only. */
    const onChip = (act: () => boolean) => key !== null && act()
    const acts: Record<(typeof STRIP_KEYS)[number]['id'], () => unknown> = {
      'move-left': () => onHere('left', 'left'),
      'move-right': () => onHere('right', 'right'),
      all: () => onSelect(tokens.map((token) => token.key)),
      'extend-left': () => extend(-1),
      'extend-right': () => extend(1),
      left: () => goOn(place - 1),
      right: () => goOn(place + 1),
      up: () => line(-1),
      down: () => line(1),
      first: () => goOn(0),
      last: () => goOn(2 * tokens.length),
      none: () => onSelect([]),
      open: () => (key === null ? insert() : openActions(key, element)),
      extend: () => (key === null ? insert() : select(key, 'range')),
      toggle: () => (key === null ? insert() : select(key, 'toggle')),
      insert,
      remove: () => onChip(() => onHere('remove', 'restore')),
      mask: () => onChip(() => onHere('mask', 'unmask')),
      hide: () => onChip(() => onHere('hide', 'show')),
    }
    const pressed = keyPressed(STRIP_KEYS, event.nativeEvent)
    if (pressed !== null && acts[pressed]() !== false) event.preventDefault()
  }

  const lastChosen = selected.at(-1)
  // A strip of one line scrolls within itself: what was chosen elsewhere, on the map say, comes into view.
  useEffect(() => {
    if (lastChosen === undefined) return
    const chip = strip.current?.querySelector(`[data-key="${CSS.escape(lastChosen)}"]`)
    if (chip && strip.current) scrollIntoLine(strip.current, chip)
  }, [lastChosen])

  const actions = actionsFor(tokens, targets, props)
  return (
    <div className="strip" data-testid="token-strip" data-density={compact ? 'compact' : 'full'}>
      <div
        ref={strip}
        className={cx('strip-line', drag.dragging && 'strip-dragging')}
        role="toolbar"
        aria-label={t('strip.keys', { label })}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onPointerDown={drag.onPointerDown}
        onFocus={(event) => {
          focus.entered()
          const { item } = itemOf(event.target)
          if (item && item !== cursor) setCursor(item)
        }}
        onBlur={focus.left}
      >
        {tokens.map((token, i) => (
          <span key={token.key} className="strip-unit">
            <Gap
              index={i}
              tabbable={tabStop === `g:${i}`}
              name={spokenGap(tokens, i)}
              aimed={drag.dropIndex === i}
              open={menu?.type === 'insert' && menu.index === i}
            />
            <Chip
              token={token}
              selected={chosen.has(token.key)}
              tabbable={tabStop === `c:${token.key}`}
              compact={compact}
              lifted={drag.lifted.includes(token.key)}
            />
          </span>
        ))}
        <Gap
          index={tokens.length}
          tabbable={tabStop === `g:${tokens.length}`}
          name={spokenGap(tokens, tokens.length)}
          aimed={drag.dropIndex === tokens.length}
          open={menu?.type === 'insert' && menu.index === tokens.length}
        />
      </div>
      <div className="strip-foot">
        <SelectionBar
          targets={targets}
          segmented={tokens.some(({ segment }) => segment != null)}
          actions={actions}
          onAction={(id) => actOn(id, targets)}
          onMore={(element) => setMenu({ type: 'act', anchor: element })}
          onPosition={props.onPosition}
          onClear={() => onSelect([])}
        />
        <Button
          small
          look="quiet"
          aria-pressed={several}
          title={t('strip.several.hint')}
          data-testid="select-several"
          onClick={() => setSeveral(!several)}
        >
          {t('strip.several')}
        </Button>
        {tokens.some(({ id }) => id != null) && (
          <Button
            small
            look="quiet"
            aria-pressed={!compact}
            data-testid="strip-detail"
            onClick={() => setDetail(compact)}
          >
            {t('strip.detail')}
          </Button>
        )}
      </div>
      <ActionMenu
        label={
          menu?.type === 'insert' ? t('strip.insert.at', { gap: spokenGap(tokens, menu.index) }) : t('strip.actions')
        }
        testId={menu?.type === 'insert' ? 'insert-menu' : 'token-menu'}
        anchor={menu?.anchor ?? null}
        groups={menu?.type === 'insert' ? insertGroups(offers) : actionGroups(actions)}
        onClose={() => setMenu(null)}
        onChoose={(id) => {
          if (menu?.type === 'act') return actOn(id as ActionId, targets)
          const offer = offers[Number(id.slice('insert-'.length).split('-')[0])]
          if (!offer || menu?.type !== 'insert') return
          focus.afterInsert(menu.index)
          onInsert(offer.kind, menu.index, offer)
          say(t('strip.inserted', { label: offer.label ?? KIND_LABELS[offer.kind], place: menu.index + 1 }))
        }}
      />
      {drag.dragging &&
        createPortal(
          <div ref={drag.ghost} className="strip-ghost" aria-hidden="true">
            {drag.lifted.slice(0, 6).map((key) => {
              const token = tokens[places.get(key) ?? -1]
              return (
                token && (
                  <span key={key} className="stamp" data-kind={token.kind}>
                    {token.label}
                  </span>
                )
              )
            })}
            {drag.lifted.length > 6 && '…'}
          </div>,
          document.body,
        )}
      {region}
    </div>
  )
}

/** Scrolls the strip, and nothing around it. */
function scrollIntoLine(strip: HTMLElement, chip: Element): void {
  const [line, box] = [strip.getBoundingClientRect(), chip.getBoundingClientRect()]
  if (box.left < line.left) strip.scrollBy({ left: box.left - line.left - box.width })
  else if (box.right > line.right) strip.scrollBy({ left: box.right - line.right + box.width })
}

interface GapProps {
  index: number
  name: string
  tabbable: boolean
  aimed: boolean
  open: boolean
}

/** The caret between two chips. */
function Gap({ index, name, tabbable, aimed, open }: GapProps) {
  return (
    <button
      type="button"
      className="gap"
      tabIndex={tabbable ? 0 : -1}
      aria-haspopup="menu"
      aria-expanded={open}
      aria-label={t('strip.gap', { gap: name })}
      data-item={`g:${index}`}
      data-testid="gap"
      data-index={index}
      data-aimed={aimed || undefined}
    >
      <span className="gap-caret" aria-hidden="true" />
    </button>
  )
}

function itemOf(target: EventTarget): { item?: string; element?: HTMLElement } {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null
  return element ? { item: element.dataset.item, element } : {}
}

function insertGroups(offers: readonly InsertOffer[]): MenuGroup[] {
  return [
    {
      title: t('strip.insert'),
      choices: offers.map((offer, i) => ({
        id: `insert-${i}-${offer.kind}`,
        label: offer.label ?? KIND_LABELS[offer.kind],
        hint: offer.hint ?? kindPurpose(offer.kind),
        kind: offer.kind as Kind,
        disabled: offer.disabled,
      })),
    },
  ]
}

function actionGroups(actions: ReturnType<typeof actionsFor>): MenuGroup[] {
  return ACTION_GROUPS.map((id) => ({
    title: t(`action.${id}`),
    choices: actions.filter(({ group }) => group === id),
  })).filter((group) => group.choices.length > 0)
}

/** The chip above or below, nearest to the middle of `from`. */
function chipInNextLine(strip: HTMLElement | null, from: HTMLElement, way: 1 | -1): string | null {
  const start = from.getBoundingClientRect()
  const middle = start.left + start.width / 2
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const chip of strip?.querySelectorAll<HTMLElement>('[data-testid=token]') ?? []) {
    const box = chip.getBoundingClientRect()
    const down = way * (box.top + box.height / 2 - (start.top + start.height / 2))
    if (down < start.height / 2) continue
    const distance = down * 8 + Math.abs(box.left + box.width / 2 - middle)
    if (distance < least) {
      least = distance
      best = chip.dataset.item ?? null
    }
  }
  return best
}

/** Keeps the focus in the strip when the focused chip is moved in the DOM or goes away, and puts it on what was inserted. */
function useFocusKeeper(
  strip: { current: HTMLElement | null },
  tokens: readonly StripToken[],
  tabStop: string,
  known: boolean,
) {
  const inside = useRef(false)
  const lastPlace = useRef(0)
  const inserted = useRef<number | null>(null)
  const items = () => Array.from(strip.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])
  const to = (item: string) =>
    items()
      .find((element) => element.dataset.item === item)
      ?.focus()

  // biome-ignore lint/correctness/useExhaustiveDependencies: acts when the tokens change, on what was focused before
  useLayoutEffect(() => {
    if (inserted.current !== null) {
      const place = 2 * inserted.current + 1
      inserted.current = null
      // The menu gives the focus back to its gap first, a frame later.
      requestAnimationFrame(() => requestAnimationFrame(() => items()[place]?.focus()))
      return
    }
    if (!inside.current || document.activeElement !== document.body) return
    if (known) to(tabStop)
    else items()[Math.min(lastPlace.current, 2 * tokens.length)]?.focus()
  }, [tokens])

  return {
    to,
    entered: () => {
      inside.current = true
      lastPlace.current = Math.max(0, items().indexOf(document.activeElement as HTMLElement))
    },
    left: (event: { relatedTarget: EventTarget | null }) => {
      const next = event.relatedTarget
      if (next instanceof Node && !strip.current?.contains(next)) inside.current = false
    },
    afterInsert: (index: number) => {
      inserted.current = index
    },
  }
}
