/** The files of the course, each fetched when its lesson is opened. */

import { COURSE } from './course.ts'

const FILES = import.meta.glob<{ default: unknown }>('./*/lessons/*.json')

/** What fetches a lesson's file; undefined where there is no such lesson. */
export function lessonFile(id: string): (() => Promise<{ default: unknown }>) | undefined {
  const entry = COURSE.find((one) => one.id === id)
  return entry && FILES[`./${entry.lab}/lessons/${id}.json`]
}
