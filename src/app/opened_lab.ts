import type { LabDefinition, LabParts } from '../labs/definition.ts'
import type { Lab, LabLink } from '../state/lab.ts'

/** A lab whose code is there. */
export interface OpenedLab {
  definition: LabDefinition
  parts: LabParts<LabLink>
  lab: Lab
}
