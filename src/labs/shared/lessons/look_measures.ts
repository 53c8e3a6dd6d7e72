/** What lessons ask of where the reader looks. Layers and heads are counted as the page counts them, from 1. */

import { z } from 'zod'
import { type Measures, measure } from '../../../state/lesson/expression.ts'

const nothing = z.strictObject({})

/** The look that labs with maps have. */
interface Looking {
  look: { layer: number; head: number | 'mean'; tool: string }
}

export function lookMeasures<State extends Looking>(): Measures<State> {
  return {
    /** The layer on screen. */
    layer: measure(nothing, ({ look }: State) => look.layer + 1),
    /** The head on screen; 0: the mean of all. */
    head: measure(nothing, ({ look }: State) => (look.head === 'mean' ? 0 : look.head + 1)),
    /** Layer and head on screen as one name, `2.5`, as `peak` has it. */
    chosen: measure(nothing, ({ look }: State) => (look.head === 'mean' ? null : `${look.layer + 1}.${look.head + 1}`)),
    /** The open tool; '' where none is. */
    tool: measure(nothing, ({ look }: State) => look.tool),
  }
}
