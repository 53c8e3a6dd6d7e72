/**
 * What a lab is to the page: one typed object. Its folder holds all of it; the page (router, header, links, undo, dropped files
 * and models, `window.clsroom`) works over the list of definitions in index.ts and knows no lab by name.
 */

import type { ReactNode } from 'react'
import type { Capability } from '../state/capabilities.ts'
import type { Engine } from '../state/engine.ts'
import type { Lab, LabLink } from '../state/lab.ts'
import type { Measures } from '../state/lesson/expression.ts'
import type { LinkFormat } from '../state/permalink.ts'
import type { OwnModels } from './shared/own_models.ts'

/** A state worth opening, and what to look at in it. */
export interface Example<Link extends LabLink = LabLink> {
  id: string
  /** In the reader's language. */
  title: () => string
  /** One line: what to look at. */
  look: () => string
  link: Link
}

/** What is imported when the lab is opened, without its view: nothing here knows React. */
export interface LabParts<Link extends LabLink, L extends Lab<Link> = Lab<Link>> {
  format: LinkFormat<Link>
  /** The lab opens on the first. */
  examples: readonly Example<Link>[]
  create(engine: Engine, baseUrl: string): L
  /** The input of a link without what was done to its tokens: their ids and number are the model's own. */
  forModel(link: Link, model: string): Link
  /** What whoever passes a link on must know of it, in their language: what is on screen and not in it, or not as it is there. */
  remark?(link: Link): string | null
  /** What lessons can measure here; fetched with the first lesson. */
  measures?(): Promise<{ default: Measures<ReturnType<L['store']['getState']>> }>
  /** A link with some of its parts replaced, as a script gives them; what belonged to what was replaced goes with it. */
  patched(link: Partial<Link>, patch: object): object
  /** What its drawer holds: one set, or in a lab of halves one for each. Fetched when tools are looked for. */
  tools(): Promise<readonly ToolSet<Link>[]>
}

/** Tools that work on the same kind of input. */
export interface ToolSet<Link extends LabLink = LabLink> {
  groups: readonly { id: string; title: () => string; tools: readonly { id: string; title: () => string }[] }[]
  /** Whether they are those of what a link shows. */
  fits(link: Link): boolean
}

export interface LabViewProps<L> {
  lab: L
  engine: Engine
  ownModels: OwnModels
  /**
   * The address that shows a link in its lab, which may be another one.
   * @throws ClsroomError `state` where it is no link of that lab
   */
  addressIn: (link: LabLink & Record<string, unknown>) => Promise<string>
}

/** @typeParam L the lab's own state; the page needs no more of it than any lab has */
export interface LabDefinition<Link extends LabLink = LabLink, L extends Lab<Link> = Lab<Link>> {
  /** Its place in the address, too. */
  id: string
  name: () => string
  /** What a model must be able to do to be opened here. */
  needs: readonly Capability[]
  parts(): Promise<LabParts<Link, L>>
  view(): Promise<LabView<L>>
}

/** The module of a lab's view; a method, so that the list of all labs need not know each one's state. */
export interface LabView<L> {
  default(props: LabViewProps<L>): ReactNode
}
