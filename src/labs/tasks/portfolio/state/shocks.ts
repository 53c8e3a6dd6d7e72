/** What the sliders do to assets. */

import { NO_SHOCK, type Shock } from '../../../../loaders/portfolio/returns.ts'
import type { AssetShock } from './run.ts'

/** Of a further return on the last day, to both sides. */
export const MOST_MOVE = 0.4
/** Of what all returns of the window are multiplied with. */
export const LARGEST_SCALE = 4

export function shockOf(shocks: readonly AssetShock[], row: number): Shock {
  return shocks.find((shock) => shock.row === row) ?? NO_SHOCK
}

/** These assets shocked alike; what is no shock is forgotten. */
export function withShock(
  shocks: readonly AssetShock[],
  rows: readonly number[],
  change: Partial<Shock>,
): AssetShock[] {
  const changed = rows.map((row) => ({ ...shockOf(shocks, row), ...change, row }))
  const others = shocks.filter(({ row }) => !rows.includes(row))
  return [...others, ...changed]
    .filter(({ move, scale }) => move !== NO_SHOCK.move || scale !== NO_SHOCK.scale)
    .sort((a, b) => a.row - b.row)
}
