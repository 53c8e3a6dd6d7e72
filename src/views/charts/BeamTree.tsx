import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { type BeamNode, nodesOf, type PlacedNode, placeTree } from '../../viz/beam_tree.ts'
import { keyPressed, TREE_KEYS } from '../keys/tables.ts'

export interface BeamTreeProps {
  name: string
  root: BeamNode
  /** What stands on a node, and the number under it. */
  label: (node: BeamNode) => string
  score: (node: BeamNode) => string
  /** All of it in words. */
  inWords: (node: BeamNode) => string
  /** What was given up at once, in words. */
  stubs: (node: BeamNode) => string
  selected: BeamNode
  /** Nodes on the way to the best sequence, by id. */
  best: ReadonlySet<number>
  /** The node whose prefix is on screen, by id. */
  opened?: number
  onSelect: (node: BeamNode) => void
  onOpen: (node: BeamNode) => void
}

const COLUMN = 124
const ROW = 40
const BOX = { width: 92, height: 34 }
/** A stub is drawn for each continuation that was given up at once, up to so many. */
const STUBS = 4

/** A beam search as a tree from left to right. ← → go to the parent and the first child, ↑ ↓ to the neighbours in the same step, Enter opens. */
export function BeamTree(props: BeamTreeProps) {
  const { name, root, selected, onSelect, onOpen } = props
  const frame = useRef<HTMLElement>(null)
  const { placed, width, height } = useMemo(() => placeTree(root, COLUMN, ROW), [root])
  const places = useMemo(() => new Map(placed.map((one) => [one.node.id, one])), [placed])
  const focus = (node: BeamNode | null | undefined) => {
    if (!node) return
    onSelect(node)
    frame.current?.querySelector<SVGGElement>(`[data-node="${node.id}"]`)?.focus({ preventScroll: true })
  }
  // A selection from elsewhere, the list of the finished ones say, is brought into view; the page stays where it is.
  useEffect(() => {
    const place = places.get(selected.id)
    const view = frame.current
    if (!place || !view) return
    view.scrollLeft = within(view.scrollLeft, place.x, place.x + BOX.width, view.clientWidth)
    view.scrollTop = within(view.scrollTop, place.y - BOX.height, place.y + BOX.height, view.clientHeight)
  }, [selected, places])

  const onKeyDown = (event: KeyboardEvent) => {
    const pressed = keyPressed(TREE_KEYS, event.nativeEvent)
    if (pressed === null) return
    if (pressed === 'open') onOpen(selected)
    else focus(goalOf(pressed, root, places, selected))
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="beam-tree" ref={frame} data-testid="beam-tree">
      <div role="tree" aria-label={name} onKeyDown={onKeyDown}>
        <svg width={width} height={height} role="presentation">
          {placed.map((one) => (
            <Links key={one.node.id} {...one} {...props} places={places} />
          ))}
          {placed.map((one) => (
            <Node key={one.node.id} {...one} {...props} siblings={one.node.parent?.children ?? [root]} />
          ))}
        </svg>
      </div>
    </section>
  )
}

function Links({
  node,
  x,
  y,
  places,
  best,
  stubs,
}: PlacedNode & BeamTreeProps & { places: ReadonlyMap<number, PlacedNode> }) {
  const from = node.parent && places.get(node.parent.id)
  const [left, right] = [x, x + BOX.width]
  const shown = Math.min(STUBS, node.stubs.length)
  return (
    <>
      {from && (
        <path
          className="beam-link"
          data-best={best.has(node.id) || undefined}
          data-dead={!node.lives || undefined}
          d={`M${from.x + BOX.width} ${from.y} C${from.x + BOX.width + 16} ${from.y} ${left - 16} ${y} ${left} ${y}`}
        />
      )}
      {shown > 0 && (
        <path
          className="beam-stub"
          d={Array.from({ length: shown }, (_, i) => `M${right} ${y + 4} l9 ${5 + 3.5 * i}`).join(' ')}
        >
          <title>{stubs(node)}</title>
        </path>
      )}
    </>
  )
}

function Node({
  node,
  x,
  y,
  siblings,
  label,
  score,
  inWords,
  selected,
  best,
  opened,
  onSelect,
  onOpen,
}: PlacedNode & BeamTreeProps & { siblings: readonly BeamNode[] }) {
  const isSelected = node === selected
  return (
    <g
      className="beam-node"
      role="treeitem"
      aria-level={node.depth + 1}
      aria-setsize={siblings.length}
      aria-posinset={siblings.indexOf(node) + 1}
      aria-selected={isSelected}
      tabIndex={isSelected ? 0 : -1}
      data-node={node.id}
      data-fate={node.fate}
      data-dead={!node.lives || undefined}
      data-best={best.has(node.id) || undefined}
      data-opened={node.id === opened || undefined}
      transform={`translate(${x} ${y - BOX.height / 2})`}
      onClick={() => onSelect(node)}
      onDoubleClick={() => onOpen(node)}
    >
      <title>{inWords(node)}</title>
      <rect width={BOX.width} height={BOX.height} rx={6} />
      <text x={BOX.width / 2} y={14} textAnchor="middle">
        {fitted(label(node))}
      </text>
      <text className="beam-score" x={BOX.width / 2} y={28} textAnchor="middle">
        {score(node)}
      </text>
    </g>
  )
}

/** The least change of what a view of `size` begins at that shows all between two places. */
function within(from: number, first: number, last: number, size: number): number {
  return Math.max(Math.min(from, first), last - size + MARGIN)
}

const MARGIN = 16

function goalOf(
  way: Exclude<(typeof TREE_KEYS)[number]['id'], 'open'>,
  root: BeamNode,
  places: ReadonlyMap<number, PlacedNode>,
  from: BeamNode,
): BeamNode | null | undefined {
  switch (way) {
    case 'child':
      return from.children[0]
    case 'parent':
      return from.parent
    case 'down':
      return neighbour(root, places, from, 1)
    case 'up':
      return neighbour(root, places, from, -1)
    case 'first':
      return root
    case 'last':
      return nodesOf(root).at(-1)
  }
}

/** The node above or below in the same step. */
function neighbour(
  root: BeamNode,
  places: ReadonlyMap<number, PlacedNode>,
  { id, depth }: BeamNode,
  way: 1 | -1,
): BeamNode | undefined {
  const heightOf = (node: BeamNode) => places.get(node.id)?.y ?? 0
  const level = nodesOf(root)
    .filter((node) => node.depth === depth)
    .sort((a, b) => heightOf(a) - heightOf(b))
  return level[level.findIndex((node) => node.id === id) + way]
}

const LONGEST = 11

function fitted(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
