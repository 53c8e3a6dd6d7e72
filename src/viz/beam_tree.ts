/** A beam search as a tree: what ran, where each branch was given up, and where everything stands on paper. */

import { hierarchy, tree } from 'd3'

/** One continuation that a step of the search looked at. */
export interface BeamBranch {
  /** The running one of the step before that it goes on from, by its number. */
  parent: number
  token: number
  /** The sum of log-probabilities up to here. */
  score: number
  fate: 'on' | 'ended' | 'dropped' | 'pruned'
}

export interface BeamNode {
  id: number
  /** How many new tokens it stands for; 0 is the prompt. */
  depth: number
  /** From the first new token to its own. */
  tokens: number[]
  score: number
  fate: 'prompt' | 'on' | 'ended' | 'dropped'
  parent: BeamNode | null
  children: BeamNode[]
  /** Continuations that were looked at here and given up at once, best first. */
  stubs: BeamBranch[]
  /** Something that ended or still runs in the last step goes on from here; otherwise the branch was given up later. */
  lives: boolean
}

export interface PlacedNode {
  node: BeamNode
  x: number
  y: number
}

/** The tree of the first `steps` steps. */
export function beamTree(trace: readonly (readonly BeamBranch[])[], steps = trace.length): BeamNode {
  let id = 0
  const root: BeamNode = {
    id: id++,
    depth: 0,
    tokens: [],
    score: 0,
    fate: 'prompt',
    parent: null,
    children: [],
    stubs: [],
    lives: true,
  }
  let running = [root]
  for (const step of trace.slice(0, steps)) {
    const next: BeamNode[] = []
    for (const branch of step) {
      const parent = running[branch.parent] as BeamNode
      const { fate, token, score } = branch
      if (fate === 'pruned' || fate === 'dropped') {
        parent.stubs.push(branch)
        continue
      }
      const tokens = [...parent.tokens, token]
      const node = {
        id: id++,
        depth: parent.depth + 1,
        tokens,
        score,
        fate,
        parent,
        children: [],
        stubs: [],
        lives: false,
      }
      parent.children.push(node)
      if (fate === 'on') next.push(node)
      else markAlive(node)
    }
    running = next
  }
  for (const node of running) markAlive(node)
  return root
}

function markAlive(node: BeamNode): void {
  for (let at: BeamNode | null = node; at && !(at.lives && at.parent); at = at.parent) at.lives = true
}

/** Every node, parents before their children, in the order in which they are read. */
export function nodesOf(root: BeamNode): BeamNode[] {
  return [root, ...root.children.flatMap(nodesOf)]
}

/**
 * From left to right, a step a column (Reingold and Tilford 1981, "Tidier Drawings of Trees").
 * @param column width of a step; @param row least distance between neighbours
 */
export function placeTree(
  root: BeamNode,
  column: number,
  row: number,
): { placed: PlacedNode[]; width: number; height: number } {
  const laid = tree<BeamNode>()
    .nodeSize([row, column])
    .separation(() => 1)(hierarchy(root))
  const all = laid.descendants()
  const top = Math.min(...all.map(({ x }) => x))
  const bottom = Math.max(...all.map(({ x }) => x))
  return {
    placed: all.map(({ data, x, y }) => ({ node: data, x: y, y: x - top + row / 2 })),
    width: column * (1 + Math.max(...all.map(({ depth }) => depth))),
    height: bottom - top + row,
  }
}

/** The node of these new tokens; undefined where the search never ran them. */
export function nodeAt(root: BeamNode, tokens: readonly number[]): BeamNode | undefined {
  return nodesOf(root).find(
    (node) => node.tokens.length === tokens.length && node.tokens.every((t, i) => t === tokens[i]),
  )
}
