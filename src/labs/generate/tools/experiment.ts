/** What the tools that experiment have in common. */

import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { numbered } from '../../../viz/table.ts'
import { labelOf } from '../state/doc.ts'
import type { Shown } from '../state/experiments/shown.ts'
import type { GenerateRun } from '../state/lab.ts'

/** The text of a run, with the model's own mask: experiments change one thing at a time. */
export function shownOf({ request }: GenerateRun, model: LoadedModel): Shown {
  return { model, ids: request.input.ids, extras: request.input.extras }
}

/** Whether the strip's run is another than that of its tokens alone, which experiments and searches take. */
export function isEdited({ request, positions, tokens }: GenerateRun): boolean {
  const { mask, causal, ablate = [] } = request
  return mask !== undefined || causal === false || ablate.length > 0 || tokens.some((_, row) => positions[row] !== row)
}

/** Whether every token has a row of the model's table. */
export function isTrained({ ids, model }: Shown): boolean {
  return ids.every((id) => id < (model.info.vocabulary as number))
}

/** The tokens of a run as axes and lists name them: "3 king". */
export function rowNames(run: GenerateRun): string[] {
  return numbered(run.tokens.map(({ label }) => label))
}

/** Tokens as text: the mark of a space before a word as one. */
export function textOf(tokenizer: TokenizerInfo, tokens: readonly number[]): string {
  return tokens.map((token) => labelOf(tokenizer, token).replace(/^[␣Ġ▁]/, ' ')).join('')
}
