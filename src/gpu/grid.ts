/** Workgroups a dimension may have by WebGPU's default limits. */
const LIMIT = 65535

/**
 * A count of workgroups as a grid within the limits; the last rows may overshoot, so shaders check their index:
 * index = x + grid.x · (y + grid.y · z).
 */
export function foldGrid(workgroups: number): [x: number, y: number, z: number] {
  const x = Math.min(workgroups, LIMIT)
  const y = Math.min(Math.ceil(workgroups / x), LIMIT)
  return [x, y, Math.ceil(workgroups / (x * y))]
}
