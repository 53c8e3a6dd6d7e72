/** The document: what a link and undo hold. */

import type { PlanSettings, Strategy } from './plan.ts'
import type { Source } from './source.ts'

export interface BatchDoc {
  model: string
  source: Source
  strategy: Strategy
  settings: PlanSettings
  /** Queries read their own sequence alone; else all of their row that is no PAD. */
  block: boolean
  /** Positions count from each sequence's first token; else from the row's. */
  reset: boolean
  /** Each sequence ends with its separator, [SEP] or the end token. */
  separator: boolean
}

export const SETTINGS: PlanSettings = {
  size: 4,
  capacity: 128,
  side: 'right',
  buckets: 4,
  jitter: 0.1,
  budget: 512,
  seed: 1,
}

/** What fields take. */
export const LIMITS = { size: 64, capacity: 1024, buckets: 16, budget: 65_536, seed: 999_999 } as const

export const DOC: Omit<BatchDoc, 'model'> = {
  source: { type: 'sample', corpus: 'zipf', count: 48, seed: 1 },
  strategy: 'best-fit-decreasing',
  settings: SETTINGS,
  block: true,
  reset: true,
  separator: true,
}

/** Which targets count in the loss. */
export interface LossRules {
  /** PAD is the end token itself, as where a vocabulary has no PAD. */
  padIsEnd: boolean
  /** Targets are left out by their id, PAD's; else by their place behind the sequence. */
  byId: boolean
  /** So many first tokens are the prompt, whose targets are left out; 0: none. */
  prompt: number
  /** The target of a row is the next token; else its own. */
  shift: boolean
  /** The mean over all targets; else over the sequences' own means. */
  perToken: boolean
}

export const RULES: LossRules = { padIsEnd: false, byId: false, prompt: 0, shift: true, perToken: true }

export interface BatchLook {
  /** The open tool; '' where the drawer is closed. */
  tool: string
  layer: number
  head: number | 'mean'
  fit: boolean
  /** The shown batch of the plan, and the chosen row of it. */
  batch: number
  row: number
  loss: LossRules
}

export const LOOK: BatchLook = { tool: '', layer: 0, head: 'mean', fit: false, batch: 0, row: 0, loss: RULES }
