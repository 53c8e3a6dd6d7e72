/** Every lab, in the order of the tabs. A new lab is a folder beside this file and a line here. */

import { BATCH } from './batch/index.ts'
import type { LabDefinition } from './definition.ts'
import { DETECT } from './detect/index.ts'
import { GENERATE } from './generate/index.ts'
import { MASKS } from './masks/index.ts'
import { MEMORY } from './memory/index.ts'
import { SEQ2SEQ } from './seq2seq/index.ts'
import { TASKS } from './tasks/index.ts'
import { TEXT } from './text/index.ts'
import { TOKENIZERS } from './tokenizers/index.ts'
import { VISION } from './vision/index.ts'

export const LABS: readonly [LabDefinition, ...LabDefinition[]] = [
  TEXT,
  VISION,
  GENERATE,
  SEQ2SEQ,
  DETECT,
  MEMORY,
  TASKS,
  MASKS,
  BATCH,
  TOKENIZERS,
]
