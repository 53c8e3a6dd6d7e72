/** What a run's own parts tell of an edit. */

import type { OwnEdit } from '../shared/edit_name.ts'
import type { GenerateRun } from './state/run.ts'

/** The prompt and what was written are tokens like all others: the edit of those is the name. */
export const generateEdit: OwnEdit<Pick<GenerateRun, 'doc'>> = () => null
