/** Links to where terms can be seen. */

import type { LabParts } from '../../labs/definition.ts'
import type { LabLink } from '../../state/lab.ts'
import type { Seen } from './terms.ts'

/** What an example's link is with another tool open, or with other parts. @throws where the lab has no such example */
export function linkTo(
  { example, tool, change }: Extract<Seen, { lab: string }>,
  { examples }: LabParts<LabLink>,
): LabLink {
  const found = examples.find(({ id }) => id === example)
  if (!found) throw new Error(`there is no example ${example}`)
  const link: LabLink & { look?: object } = found.link
  return { ...link, ...change, ...(tool !== undefined && { look: { ...link.look, tool } }) }
}
